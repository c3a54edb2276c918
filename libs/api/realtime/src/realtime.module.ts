import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RealtimeHub } from './realtime.hub';
import { SocketDispatcher } from './socket-dispatcher';

/** The hub every module emits through and the dispatcher of every command. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [RealtimeHub, SocketDispatcher], exports: [RealtimeHub, SocketDispatcher] })
export class RealtimeModule {}
