import type { Device } from './device/device.ts';
import type { History, StoredChat } from './history.ts';

const PATIENCE_MS = 8_000;

/** Tries every door of a few chats that are somebody else's: each must answer as if they did not exist. */
export async function probeAsStranger(stranger: Device, chats: readonly StoredChat[], history: History): Promise<void> {
  const text = 'let me in';
  for (const { id: chatId } of chats.slice(0, 3)) {
    const { connection } = stranger;
    const clientMessageId = stranger.random.uuid();
    const answers = {
      join_chat: await connection.command('join_chat', { chatId }, PATIENCE_MS),
      send_message: await connection.command('send_message', { chatId, clientMessageId, text }, PATIENCE_MS),
      edit_message: await connection.command('edit_message', { chatId, seq: 1, text }, PATIENCE_MS),
      delete_message: await connection.command('delete_message', { chatId, seq: 1 }, PATIENCE_MS),
      mark_read: await connection.command('mark_read', { chatId, seq: 1 }, PATIENCE_MS),
      typing_start: await connection.command('typing_start', { chatId }, PATIENCE_MS),
    };
    for (const [name, answer] of Object.entries(answers)) {
      if (answer.kind === 'refused' && answer.error.code === 'NOT_FOUND') continue;
      const got = answer.kind === 'refused' ? answer.error.code : answer.kind;
      history.violate({ law: 5, name: 'leaked', chatId, text: `${name} answered a stranger with ${got}` });
    }
    const sync = await connection.command('sync', { cursor: null, chats: [{ chatId, seq: 0, rev: 0 }] }, PATIENCE_MS);
    if (sync.kind !== 'ok' || sync.data.chats.length > 0) {
      history.violate({
        law: 5,
        name: 'leaked',
        chatId,
        text: `sync answered a stranger with ${sync.kind === 'ok' ? 'the chat' : sync.kind}`,
      });
    }
    for (const answer of [
      await stranger.person.chats.chat(chatId),
      await stranger.person.chats.messages(chatId, 'limit=5'),
    ]) {
      if (answer?.status !== 404)
        history.violate({ law: 5, name: 'leaked', chatId, text: `REST answered a stranger with ${answer?.status}` });
    }
  }
}
