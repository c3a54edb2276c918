import { ERROR_STATUS, errorBodySchema, routes, type ErrorCode, type Route } from '@course-chat/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { componentSchemas, propertiesOf, schemaOf, spelledOut } from './json-schemas';

const SECURITY: Record<Route['auth'], Record<string, string[]>[]> = {
  bearer: [{ bearer: [] }],
  cookie: [{ refreshCookie: [] }],
  signature: [{ signature: [] }],
  optional: [{ refreshCookie: [] }, { bearer: [] }, {}],
  none: [],
};

/** The REST API as OpenAPI 3.1, made from the same schemas that check every call. */
export function openApiDocument(): OpenAPIObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [tag, group] of Object.entries(routes)) {
    for (const [name, route] of Object.entries(group) as [string, Route][]) {
      const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
      (paths[path] ??= {})[route.method] = operation(tag, name, route);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Course Chat',
      version: '1',
      description:
        'Live chat between students and the tutors of the courses they bought. Socket commands and events: /api/asyncapi.json.',
    },
    servers: [{ url: '/' }],
    tags: Object.keys(routes).map((name) => ({ name })),
    paths: paths as OpenAPIObject['paths'],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'course_chat_refresh' },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Signature',
          description: '`sha256=` and the hex HMAC-SHA256 of the raw body',
        },
      },
      schemas: componentSchemas() as never,
    },
  };
}

function operation(tag: string, name: string, route: Route) {
  return {
    operationId: `${tag}.${name}`,
    tags: [tag],
    summary: route.summary,
    security: SECURITY[route.auth],
    parameters: [
      ...(route.params
        ? propertiesOf(route.params).map((property) => ({ ...property, in: 'path', required: true }))
        : []),
      ...(route.query ? propertiesOf(route.query).map((property) => ({ ...property, in: 'query' })) : []),
    ],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: spelledOut(route.body) } } },
    }),
    responses: { ...answersOf(route), ...errorsOf(route) },
  };
}

function answersOf(route: Route) {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, schema]) => [
      status,
      { description: 'Done', ...(schema && { content: { 'application/json': { schema: schemaOf(schema) } } }) },
    ]),
  );
}

/** The errors of the route itself, and those that any call may get. */
function errorsOf(route: Route) {
  const codes: ErrorCode[] = [
    ...route.errors,
    'VALIDATION_FAILED',
    'TOO_LARGE',
    'RATE_LIMITED',
    'INTERNAL',
    'UNAVAILABLE',
  ];
  if (route.auth !== 'none' && route.auth !== 'optional') codes.push('UNAUTHENTICATED');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes))
    byStatus.set(ERROR_STATUS[code], [...(byStatus.get(ERROR_STATUS[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      String(status),
      { description: names.sort().join(', '), content: { 'application/json': { schema: schemaOf(errorBodySchema) } } },
    ]),
  );
}
