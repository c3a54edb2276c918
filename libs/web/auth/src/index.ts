export {
  AccountMenuActions,
  AuthActions,
  AuthApiActions,
  SessionChannelActions,
  type SessionEnd,
} from './auth.actions';
export {
  authFeature,
  selectAccessToken,
  selectSignedIn,
  selectStatus,
  selectUser,
  type AuthState,
  type AuthStatus,
} from './auth.feature';
export { AuthApi } from './auth-api';
export { authInterceptor } from './auth.interceptor';
export { roleGuard, signedInGuard, signedOutGuard, startGuard } from './auth.guards';
export { authRoutes } from './auth.routes';
export { AUTH_LABELS, ENGLISH_AUTH_LABELS, type AuthLabels } from './auth.labels';
export { authEffects, provideAuth } from './provide-auth';
export { startOf } from './return-url';
export { SessionRefresher } from './session-refresher';
export { HAS_UNSENT } from './unsent';
