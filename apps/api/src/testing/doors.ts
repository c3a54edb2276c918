import { RequestMethod, type Type } from '@nestjs/common';
import {
  CUSTOM_ROUTE_ARGS_METADATA,
  GUARDS_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PUBLIC_METADATA, ROLE_METADATA } from '@course-chat/api/auth';
import { RATE_LIMIT_METADATA, type LimitName } from '@course-chat/api/kernel';
import { commandOf } from '@course-chat/api/realtime';
import type { Role } from '@course-chat/contracts';
import type * as z from 'zod/mini';
import type { TestServer } from './test-server';

/** What a REST handler takes from a call, and the schema that it has to fit. */
export interface DoorInput {
  readonly from: 'body' | 'query' | 'param' | 'request' | 'other';
  readonly schema?: z.core.$ZodType;
}

/** One REST handler, as the decorators on it say. */
export interface RestDoor {
  /** `GET /users/chats/:chatId`, without the prefix of the API. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly role?: Role;
  readonly limit?: LimitName;
  /** Names of the guards of its own, besides those that stand before every handler. */
  readonly guards: readonly string[];
  readonly inputs: readonly DoorInput[];
}

/** A method that a socket can reach. */
export interface SocketDoor {
  readonly gateway: string;
  readonly key: string;
  readonly command?: string;
  /** Whether Nest itself binds it, past our dispatcher. */
  readonly isNests: boolean;
}

/** Where Nest's `@SubscribeMessage` leaves its mark. */
const MESSAGE_MAPPING = 'websockets:message_mapping';

const FROM: Readonly<Record<string, DoorInput['from']>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'param',
  [RouteParamtypes.REQUEST]: 'request',
};

/** Every REST handler of the built application, by reflection: a new one is found without being named anywhere. */
export function restDoorsOf({ app }: TestServer): RestDoor[] {
  const reflector = app.get(Reflector);
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype, instance }) => {
      const controller = metatype as Type;
      return methodsOf(app, instance as object).flatMap(([key, handler]) => {
        const method = reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
        if (method === undefined) return [];
        const [own, whole] = [handler, controller].map((at) => reflector.get<string>(PATH_METADATA, at));
        const path = `/${whole}/${own}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
        const guards = [handler, controller].flatMap(
          (at) => reflector.get<Type[] | undefined>(GUARDS_METADATA, at) ?? [],
        );
        return {
          name: `${RequestMethod[method]} ${path}`,
          method: String(RequestMethod[method]),
          path,
          isPublic: reflector.getAllAndOverride<boolean | undefined>(PUBLIC_METADATA, [handler, controller]) === true,
          role: reflector.getAllAndOverride<Role | undefined>(ROLE_METADATA, [handler, controller]),
          limit: reflector.get<LimitName | undefined>(RATE_LIMIT_METADATA, handler),
          guards: guards.map(({ name }) => name),
          inputs: inputsOf(controller, key),
        };
      });
    });
}

/** Every method of every provider that a socket's words can reach. */
export function socketDoorsOf({ app }: TestServer): SocketDoor[] {
  return app
    .get(DiscoveryService)
    .getProviders()
    .flatMap(({ instance }) => {
      if (!instance || typeof instance !== 'object') return [];
      return methodsOf(app, instance as object).flatMap(([key, handler]) => {
        const command = commandOf(handler);
        const isNests = Reflect.hasMetadata(MESSAGE_MAPPING, handler);
        return command || isNests ? [{ gateway: (instance as object).constructor.name, key, command, isNests }] : [];
      });
    });
}

function methodsOf(app: TestServer['app'], instance: object): [string, (...args: never[]) => unknown][] {
  return app
    .get(MetadataScanner)
    .getAllMethodNames(Object.getPrototypeOf(instance) as object)
    .flatMap((key) => {
      const method = (instance as Record<string, unknown>)[key];
      return typeof method === 'function' ? [[key, method as (...args: never[]) => unknown]] : [];
    });
}

// Of a handler that a controller inherits, the arguments are kept at the class that declares it.
function inputsOf(controller: Type, key: string): DoorInput[] {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, key) ?? {}) as Record<
    string,
    { readonly schema?: z.core.$ZodType }
  >;
  return Object.entries(args).flatMap(([kind, { schema }]) => {
    const [type = ''] = kind.split(':');
    // What leads outwards, and what our own decorators take from a call that is proven.
    if (type === String(RouteParamtypes.RESPONSE) || type.endsWith(CUSTOM_ROUTE_ARGS_METADATA)) return [];
    return [{ from: FROM[type] ?? 'other', schema }];
  });
}
