import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { HttpClient, provideHttpClient } from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import { sampleChat, sampleMessage, sampleStudent } from '@course-chat/contracts/testing';
import { RealtimeSocket } from '@course-chat/web/realtime';
import { School, schoolConfig, SchoolLogin } from './example/school';

const ROOT = join(__dirname, '../../../../..');
const DOC = readFileSync(join(ROOT, 'docs/embedding.md'), 'utf8');

/** Answers of the api, by what their address ends with. */
const ANSWERS: Record<string, unknown> = {
  '/api/auth/me': sampleStudent,
  '/api/users/chats': { items: [sampleChat], nextCursor: null, unreadTotal: 2 },
  [`/api/users/chats/${sampleChat.id}`]: sampleChat,
  [`/api/users/chats/${sampleChat.id}/messages`]: { items: [sampleMessage], hasOlder: false, hasNewer: false },
};

/** The pages are loaded and compiled on the way, which takes a busy machine its time. */
const RENDER_MS = 30_000;

describe('the example of docs/embedding.md', () => {
  const asked: { url: string; authorization: string | null }[] = [];

  beforeEach(() => {
    asked.length = 0;
    // The chat brings an HttpClient of its own; the server behind it is played here.
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (address, options) => {
      const url = String(address);
      asked.push({ url, authorization: new Headers(options?.headers).get('Authorization') });
      const answer = ANSWERS[new URL(url).pathname];
      return Response.json(answer ?? null, { status: answer ? 200 : 404 });
    });
    TestBed.configureTestingModule({
      providers: [
        ...schoolConfig.providers,
        // The application's own HttpClient: nothing of the chat goes through it.
        provideHttpClient(),
        provideHttpClientTesting(),
      ],
    });
    jest.spyOn(TestBed.inject(RealtimeSocket), 'connect').mockImplementation(() => undefined);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is the file that is compiled here', () => {
    // Elsewhere the library goes by its name.
    const example = readFileSync(join(__dirname, 'example/school.ts'), 'utf8')
      .trim()
      .replace("'../index'", "'@course-chat/web/chat/embed'");
    expect(DOC).toContain(`\`\`\`ts\n${example}\n\`\`\``);
  });

  it('names every token of the chat, and every one is in the style sheet', () => {
    const css = readFileSync(join(__dirname, 'styles/material-tokens.css'), 'utf8');
    const look = readFileSync(join(ROOT, 'libs/web/chat/ui/src/styles/tokens.css'), 'utf8');
    const tokens = [...new Set([...look.matchAll(/(--chat-[\w-]+):/g)].map(([, name]) => name))];
    expect(tokens.length).toBeGreaterThan(20);
    for (const token of tokens) {
      expect(css).toMatch(new RegExp(`${token}: `));
      expect(DOC).toContain(`\`${token}\``);
    }
  });

  it(
    'renders the chats of whoever is logged in there, in its words, with its token alone',
    async () => {
      const harness = await RouterTestingHarness.create();
      const frame = TestBed.createComponent(School);
      const login = TestBed.inject(SchoolLogin);
      login.token.set('token-of-the-school');
      login.signedIn.set(true);
      await harness.navigateByUrl(`/chats/${sampleChat.id}`);
      const page = harness.fixture.nativeElement as HTMLElement;
      const shown = async (text: string) => {
        const deadline = Date.now() + RENDER_MS;
        while (!page.textContent?.includes(text) && Date.now() < deadline) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          await harness.fixture.whenStable();
        }
        expect(page.textContent).toContain(text);
      };
      await shown(sampleChat.tutor.name);
      await shown(sampleMessage.text);
      expect(page.querySelector('h1')?.textContent).toBe('Questions');
      expect(page.querySelector(`a[href="/lessons/${sampleChat.course.id}"]`)).not.toBeNull();
      await frame.whenStable();
      expect((frame.nativeElement as HTMLElement).textContent).toContain('Questions (2)');

      expect(new Set(asked.map(({ url }) => new URL(url).origin))).toEqual(new Set(['https://chat.school.example']));
      expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer token-of-the-school']));
      TestBed.inject(HttpTestingController).verify();
    },
    3 * RENDER_MS,
  );

  it('leaves the HttpClient of the application alone', () => {
    const own = createEnvironmentInjector([], TestBed.inject(EnvironmentInjector)).get(HttpClient);
    own.get('https://elsewhere.example/').subscribe();
    const request = TestBed.inject(HttpTestingController).expectOne('https://elsewhere.example/');
    expect(request.request.headers.has('Authorization')).toBe(false);
  });
});
