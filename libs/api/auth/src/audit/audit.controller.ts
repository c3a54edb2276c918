import { Controller, Get, Query } from '@nestjs/common';
import { routes, type AuditPage, type AuditQuery } from '@course-chat/contracts';
import { OnlyRole } from '../role.guard';
import { AuditLog } from './audit-log';

@OnlyRole('admin')
@Controller('admin/audit')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  page(@Query({ schema: routes.admin.listAudit.query }) query: AuditQuery): Promise<AuditPage> {
    return this.audit.page(query);
  }
}
