import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { OnlyRole } from '@course-chat/api/auth';
import { CurrentPrincipal, type Principal } from '@course-chat/api/kernel';
import { routes, type Course, type CoursePage, type CourseQuery, type Purchase } from '@course-chat/contracts';
import { CourseService } from './course.service';
import { EnrollmentService } from './enrollment.service';

@Controller('courses')
export class CourseController {
  constructor(
    private readonly courses: CourseService,
    private readonly enrollments: EnrollmentService,
  ) {}

  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: routes.courses.list.query }) query: CourseQuery,
  ): Promise<CoursePage> {
    return this.courses.list(principal, query);
  }

  @Get(':courseId')
  get(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: routes.courses.get.params }) params: { courseId: string },
  ): Promise<Course> {
    return this.courses.get(principal, params.courseId);
  }

  @OnlyRole('student')
  @Post(':courseId/purchase')
  purchase(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: routes.courses.purchase.params }) params: { courseId: string },
  ): Promise<Purchase> {
    return this.enrollments.purchase(principal, params.courseId);
  }
}
