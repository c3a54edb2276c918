import type { HttpInterceptorFn } from '@angular/common/http';

/**
 * Takes calls of the api past the service worker, which keeps none of their answers: where there is no network it would
 * answer 504 in its stead, and the page would blame the server (angular.dev/ecosystem/service-workers/devops).
 */
export const pastTheWorker: HttpInterceptorFn = (request, next) =>
  next(request.url.startsWith('/api/') ? request.clone({ setHeaders: { 'ngsw-bypass': 'true' } }) : request);
