import { Component, input } from '@angular/core';
import { Catalogue } from './catalogue';
import { MyCourses } from './my-courses';

/** `/courses`: the catalogue, or with `?view=mine` the courses one has. */
@Component({
  selector: 'cc-courses-page',
  imports: [Catalogue, MyCourses],
  template: `
    @if (view() === 'mine') {
      <cc-my-courses />
    } @else {
      <cc-catalogue />
    }
  `,
})
export class CoursesPage {
  readonly view = input<string>();
}
