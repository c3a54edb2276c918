import { Component, inject, Injectable, signal, type ApplicationConfig } from '@angular/core';
import { provideRouter, RouterLink, RouterOutlet } from '@angular/router';
import { CourseChat, courseChatRoutes, provideCourseChat } from '../index';

/** The login your application has: here it is played by two signals. */
@Injectable({ providedIn: 'root' })
export class SchoolLogin {
  readonly signedIn = signal(false);
  readonly token = signal<string | null>(null);

  /** A token that is good now; `refused` is one the chat's server has just turned down. */
  readonly accessToken = async (refused?: string) => (this.token() === refused ? null : this.token());
}

@Component({
  selector: 'cc-school',
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/chats">Questions ({{ chat.unread() }})</a>
    </nav>
    <router-outlet />
  `,
})
export class School {
  protected readonly chat = inject(CourseChat);
}

export const schoolConfig: ApplicationConfig = {
  providers: [
    provideRouter(courseChatRoutes),
    provideCourseChat({
      apiBase: 'https://chat.school.example',
      login: () => inject(SchoolLogin),
      labels: { components: { chats: 'Questions' } },
      courseLink: (courseId) => `/lessons/${courseId}`,
    }),
  ],
};
