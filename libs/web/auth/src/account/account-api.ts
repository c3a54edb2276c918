import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { map, type Observable } from 'rxjs';
import {
  accountSchema,
  loginSessionsSchema,
  type Account,
  type LoginSession,
  type PasswordChange,
} from '@course-chat/contracts';

/** What people do with their own account: `/api/account`, and the logins below `/api/auth`. */
@Service()
export class AccountApi {
  private readonly http = inject(HttpClient);

  account(): Observable<Account> {
    return this.http.get('/api/account').pipe(map((body) => accountSchema.parse(body)));
  }

  sessions(): Observable<readonly LoginSession[]> {
    return this.http.get('/api/auth/sessions').pipe(map((body) => loginSessionsSchema.parse(body).items));
  }

  changePassword(change: PasswordChange): Observable<void> {
    return this.http.post('/api/auth/password', change).pipe(map(() => undefined));
  }

  endSession(sessionId: string): Observable<void> {
    return this.http.delete(`/api/auth/sessions/${sessionId}`).pipe(map(() => undefined));
  }

  endOthers(): Observable<void> {
    return this.http.delete('/api/auth/sessions').pipe(map(() => undefined));
  }

  /** Everything that is kept about me, as the file it is saved as. */
  download(): Observable<Blob> {
    return this.http.get('/api/account/export', { responseType: 'blob' });
  }

  erase(password: string | null): Observable<void> {
    return this.http.delete('/api/account', { body: { password } }).pipe(map(() => undefined));
  }
}
