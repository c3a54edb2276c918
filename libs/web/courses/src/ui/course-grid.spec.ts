import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Course } from '@course-chat/contracts';
import { CourseGrid } from './course-grid';

describe(CourseGrid.name, () => {
  const courses = Array.from({ length: 20 }, (_, index): Course => ({
    id: `${index}`,
    title: `Course ${index}`,
    summary: '',
    priceCents: 0,
    tutors: [],
    enrolled: false,
  }));

  function show(before: readonly Course[]) {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(CourseGrid);
    fixture.componentRef.setInput('courses', before);
    fixture.detectChanges();
    const cards = () => fixture.nativeElement.querySelectorAll('cc-course-card').length as number;
    return { fixture, cards };
  }

  it('draws the first of many courses that come, and the others in a task of their own', async () => {
    const { fixture, cards } = show([]);
    fixture.componentRef.setInput('courses', courses);
    fixture.detectChanges();
    expect(cards()).toBe(6);
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    expect(cards()).toBe(20);
  });

  it('is as long as it was for somebody who comes back', () => {
    expect(show(courses).cards()).toBe(20);
  });
});
