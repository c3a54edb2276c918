export { AuthModule } from './auth.module';
export { Public } from './jwt.guard';
export { OnlyRole } from './role.guard';
export { PasswordHasher } from './password-hasher';
export { SessionRepository } from './session.repository';
export { UserDirectory } from './user-directory';
export { UserRepository } from './user.repository';
