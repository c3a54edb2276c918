import { Global, Module, type DynamicModule } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { MongooseModule } from '@nestjs/mongoose';
import { PassportModule } from '@nestjs/passport';
import { SocketAuthenticator } from '@course-chat/api/realtime';
import { AccessTokens } from './access-token';
import { AccountController } from './account.controller';
import { AccountService } from './account.service';
import { AuditController } from './audit/audit.controller';
import { AuditLog } from './audit/audit-log';
import { AuditRepository } from './audit/audit.repository';
import { AuditOriginRecord, auditOriginRecordSchema, AuditRecord, auditRecordSchema } from './audit/audit.schema';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { ExternalAccounts } from './external/external-accounts';
import { ExternalLogins } from './external/external-logins';
import { ExternalSessionRepository } from './external/external-session.repository';
import { JwtGuard } from './jwt.guard';
import { JwtStrategy } from './jwt.strategy';
import { LoginThrottle } from './login-throttle';
import { PasswordHasher } from './password-hasher';
import { AccountExporter } from './privacy/account-export';
import { ErasureRepository } from './privacy/erasure.repository';
import { ErasureRecord, erasureRecordSchema } from './privacy/erasure.schema';
import { ErasureService } from './privacy/erasure.service';
import { OwnDataController } from './privacy/own-data.controller';
import { PersonalData } from './privacy/personal-data';
import { UserErasureController } from './privacy/user-erasure.controller';
import { PrincipalVerifier } from './principal-verifier';
import { RoleGuard } from './role.guard';
import { SessionGateway } from './session.gateway';
import { SessionWatch } from './session-watch';
import { SessionRecord, sessionRecordSchema } from './session.schema';
import { SessionRepository } from './session.repository';
import { UserDirectory } from './user-directory';
import { UserRepository } from './user.repository';
import { UserRecord, userRecordSchema } from './user.schema';

/** Accounts, logins and tokens; who opens a socket. The application puts its guards before every REST handler. */
@Global()
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      imports: [
        PassportModule,
        JwtModule.register({}),
        MongooseModule.forFeature([
          { name: UserRecord.name, schema: userRecordSchema },
          { name: SessionRecord.name, schema: sessionRecordSchema },
          { name: AuditRecord.name, schema: auditRecordSchema },
          { name: ErasureRecord.name, schema: erasureRecordSchema },
          { name: AuditOriginRecord.name, schema: auditOriginRecordSchema },
        ]),
      ],
      controllers: [AuthController, AccountController, AuditController, OwnDataController, UserErasureController],
      providers: [
        AccessTokens,
        AccountExporter,
        AccountService,
        AuditLog,
        AuditRepository,
        AuthService,
        ExternalAccounts,
        ExternalLogins,
        ExternalSessionRepository,
        JwtGuard,
        JwtStrategy,
        LoginThrottle,
        ErasureRepository,
        ErasureService,
        PasswordHasher,
        PersonalData,
        PrincipalVerifier,
        RoleGuard,
        SessionGateway,
        SessionRepository,
        SessionWatch,
        UserDirectory,
        UserRepository,
        { provide: AUTH_OPTIONS, useValue: options },
        { provide: SocketAuthenticator, useExisting: PrincipalVerifier },
      ],
      exports: [
        AuditLog,
        JwtGuard,
        PasswordHasher,
        PersonalData,
        RoleGuard,
        SessionRepository,
        SocketAuthenticator,
        UserDirectory,
        UserRepository,
      ],
    };
  }
}
