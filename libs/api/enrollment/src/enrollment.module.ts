import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CourseDirectory } from './course-directory';
import { CourseController } from './course.controller';
import { CourseRepository } from './course.repository';
import { CourseRecord, courseRecordSchema } from './course.schema';
import { CourseService } from './course.service';
import { EnrollmentChanges } from './enrollment-changes';
import { ENROLLMENT_OPTIONS, type EnrollmentOptions } from './enrollment-options';
import { EnrollmentPersonalData } from './enrollment-personal-data';
import { EnrollmentPolicy } from './enrollment.policy';
import { EnrollmentRepository } from './enrollment.repository';
import { EnrollmentRecord, enrollmentRecordSchema, ShopEventRecord, shopEventRecordSchema } from './enrollment.schema';
import { EnrollmentService } from './enrollment.service';
import { IntegrationsController } from './integrations.controller';

/** Courses, purchases and the policy of who may talk to whom. */
@Global()
@Module({})
export class EnrollmentModule {
  static forRoot(options: EnrollmentOptions): DynamicModule {
    return {
      module: EnrollmentModule,
      imports: [
        MongooseModule.forFeature([
          { name: CourseRecord.name, schema: courseRecordSchema },
          { name: EnrollmentRecord.name, schema: enrollmentRecordSchema },
          { name: ShopEventRecord.name, schema: shopEventRecordSchema },
        ]),
      ],
      controllers: [CourseController, IntegrationsController],
      providers: [
        CourseDirectory,
        CourseRepository,
        CourseService,
        EnrollmentChanges,
        EnrollmentPersonalData,
        EnrollmentPolicy,
        EnrollmentRepository,
        EnrollmentService,
        { provide: ENROLLMENT_OPTIONS, useValue: options },
      ],
      exports: [
        CourseDirectory,
        CourseRepository,
        EnrollmentChanges,
        EnrollmentPolicy,
        EnrollmentRepository,
        EnrollmentService,
      ],
    };
  }
}
