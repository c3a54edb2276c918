import { HttpClient, HttpContext, HttpContextToken } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { map, type Observable } from 'rxjs';
import {
  demoLoginsSchema,
  sessionSchema,
  type DemoLogins,
  type LoginBody,
  type RegisterBody,
  type Session,
} from '@course-chat/contracts';

/** Whether a request goes out as it is: without an access token and without a refresh when it is refused. */
export const WITHOUT_SESSION = new HttpContextToken(() => false);

/** The routes of `/api/auth`. The refresh token is a cookie that no script sees. */
@Service()
export class AuthApi {
  private readonly http = inject(HttpClient);

  login(body: LoginBody): Observable<Session> {
    return this.post('/api/auth/login', body);
  }

  register(body: RegisterBody): Observable<Session> {
    return this.post('/api/auth/register', body);
  }

  refresh(): Observable<Session> {
    return this.post('/api/auth/refresh', {});
  }

  logout(): Observable<void> {
    return this.http.post('/api/auth/logout', {}, { context: bare() }).pipe(map(() => undefined));
  }

  /** The demo's accounts; fails with 404 where there is no demo. */
  demo(): Observable<DemoLogins> {
    return this.http.get('/api/demo', { context: bare() }).pipe(map((body) => demoLoginsSchema.parse(body)));
  }

  private post(path: string, body: object): Observable<Session> {
    return this.http.post(path, body, { context: bare() }).pipe(map((answer) => sessionSchema.parse(answer)));
  }
}

function bare(): HttpContext {
  return new HttpContext().set(WITHOUT_SESSION, true);
}
