import type { Routes } from '@angular/router';
import { fetchAhead } from './fetch-ahead';

describe('fetching a page ahead', () => {
  let fetched: string[];
  const page = (name: string) => async () => {
    fetched.push(name);
    return Object;
  };
  const more = (name: string, routes: Routes) => async () => {
    fetched.push(name);
    return routes;
  };
  const routes: Routes = [
    { path: '', pathMatch: 'full', children: [] },
    { path: 'login', loadComponent: page('login') },
    {
      path: 'tutor',
      loadChildren: more('tutor area', [
        {
          path: '',
          children: [
            { path: '', pathMatch: 'full', loadComponent: page('overview') },
            { path: 'students', loadComponent: page('students') },
          ],
        },
      ]),
    },
    {
      path: '',
      loadComponent: page('frame'),
      children: [
        { path: 'chats', children: [{ matcher: () => null, loadComponent: page('chats') }] },
        {
          path: '',
          loadChildren: more('courses area', [{ path: 'courses/:courseId', loadComponent: page('course') }]),
        },
      ],
    },
    { path: '**', loadComponent: page('not found') },
  ];
  beforeEach(() => (fetched = []));

  it.each([
    ['/login', ['login']],
    ['/chats', ['frame', 'chats']],
    ['/chats/65f1a2b3c4d5e6f708090a01', ['frame', 'chats']],
    ['/courses/7', ['frame', 'courses area', 'course']],
    ['/tutor', ['tutor area', 'overview']],
    ['/tutor/students', ['tutor area', 'students']],
    ['/', []],
  ])('fetches what %s is made of', async (path, files) => {
    await fetchAhead(routes, path);
    expect(fetched).toEqual(files);
  });

  it('leaves a file that cannot be fetched to the router', async () => {
    const failing: Routes = [{ path: 'login', loadComponent: () => Promise.reject(new Error('No connection')) }];
    await expect(fetchAhead(failing, '/login')).resolves.toBeUndefined();
  });
});
