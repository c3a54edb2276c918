import { inject, Injectable } from '@angular/core';
import type { Chat, CommandData, CommandPayload, Message, ReadState } from '@course-chat/contracts';
import { RealtimeSocket } from '@course-chat/web/realtime';
import type { Action } from '@ngrx/store';
import { map, merge, tap, type Observable } from 'rxjs';
import { ChatSocketActions } from './chat.actions';
import { ServerClock } from './server-clock';

/** The chat's part of the socket: its events as actions, its commands as calls. */
@Injectable({ providedIn: 'root' })
export class ChatSocket {
  private readonly socket = inject(RealtimeSocket);
  private readonly clock = inject(ServerClock);

  /** Every event of the chat, in the order of arrival. */
  readonly actions$: Observable<Action> = merge(
    this.socket.on('message_created').pipe(
      tap(({ message }) => this.clock.heard(message.createdAt)),
      map(ChatSocketActions.messageCreated),
    ),
    this.socket.on('message_updated').pipe(map(ChatSocketActions.messageUpdated)),
    this.socket.on('chat_updated').pipe(map(ChatSocketActions.chatUpdated)),
    this.socket.on('chat_delivered').pipe(map(ChatSocketActions.chatDelivered)),
    this.socket.on('chat_read').pipe(map(ChatSocketActions.chatRead)),
    this.socket.on('unread_changed').pipe(map((told) => ChatSocketActions.unreadChanged({ ...told, at: Date.now() }))),
    this.socket.on('typing_started').pipe(map(ChatSocketActions.typingStarted)),
    this.socket.on('typing_stopped').pipe(map(ChatSocketActions.typingStopped)),
    this.socket.on('digest').pipe(map(ChatSocketActions.digestReceived)),
  );

  get online(): boolean {
    return this.socket.status === 'online';
  }

  join(chatId: string): Promise<Chat> {
    return this.socket.command('join_chat', { chatId });
  }

  leave(chatId: string): Promise<null> {
    return this.socket.command('leave_chat', { chatId });
  }

  async send(payload: CommandPayload<'send_message'>): Promise<Message> {
    const message = await this.socket.command('send_message', payload);
    this.clock.heard(message.createdAt);
    return message;
  }

  edit(payload: CommandPayload<'edit_message'>): Promise<Message> {
    return this.socket.command('edit_message', payload);
  }

  remove(payload: CommandPayload<'delete_message'>): Promise<Message> {
    return this.socket.command('delete_message', payload);
  }

  markRead(chatId: string, seq: number): Promise<ReadState> {
    return this.socket.command('mark_read', { chatId, seq });
  }

  markDelivered(chatId: string, seq: number): Promise<ReadState> {
    return this.socket.command('mark_delivered', { chatId, seq });
  }

  startTyping(chatId: string): Promise<null> {
    return this.socket.command('typing_start', { chatId });
  }

  stopTyping(chatId: string): Promise<null> {
    return this.socket.command('typing_stop', { chatId });
  }

  sync(payload: CommandPayload<'sync'>): Promise<CommandData<'sync'>> {
    return this.socket.command('sync', payload);
  }
}
