import type { History, Truth, Violation } from './history.ts';
import { describe } from './laws/log.laws.ts';

const SHOWN_VIOLATIONS = 12;
const SHOWN_SIGHTINGS = 40;

/** One line that says what a run did. */
export function summary(seed: number, history: History, violations: readonly Violation[], seconds: number): string {
  const count = (name: string) => history.counts[name] ?? 0;
  const codes = Object.entries(history.counts).filter(
    ([name]) => name.startsWith('code_') || name.startsWith('connect_'),
  );
  const parts = [
    `seed ${seed}`,
    violations.length === 0 ? 'ok' : `${violations.length} VIOLATIONS`,
    `${seconds.toFixed(1)} s`,
    `sent ${history.sends.length} acked ${count('acked')} resent ${count('resent')} changed ${count('changed')}`,
    `events ${count('events')} connects ${count('connects')} resets ${count('resets')}`,
    ['kill', 'term', 'stop', 'mongod', 'redis', 'cut', 'line'].map((name) => `${name} ${count(name)}`).join(' '),
    `quiet after ${count('quiet_ms')} ms`,
    codes.map(([name, times]) => `${name.replace(/^code_/, '')} ${times}`).join(' '),
  ];
  return parts.filter(Boolean).join(' | ');
}

/** What broke, and the story of the chat it broke in. */
export function report(
  history: History,
  truth: Truth,
  violations: readonly Violation[],
  complaints: readonly string[],
): string {
  const lines = violations
    .slice(0, SHOWN_VIOLATIONS)
    .map(({ law, name, chatId, text }) => `  law ${law} ${name}${chatId ? ` in ${chatId}` : ''}: ${text}`);
  if (violations.length > SHOWN_VIOLATIONS)
    lines.push(`  ... and ${violations.length - SHOWN_VIOLATIONS} more: ${tally(violations)}`);
  lines.push('  faults:', ...history.faults.map(({ at, text }) => `    ${clock(history, at)} ${text}`));
  const chatId = violations.find((violation) => violation.chatId)?.chatId;
  if (chatId) lines.push(...storyOf(history, truth, chatId, violations));
  if (complaints.length > 0)
    lines.push('  the servers complained:', ...complaints.slice(-5).map((line) => `    ${line.slice(0, 500)}`));
  return lines.join('\n');
}

function storyOf(history: History, truth: Truth, chatId: string, violations: readonly Violation[]): string[] {
  const messages = truth.messages.get(chatId) ?? [];
  const text = violations.find((violation) => violation.chatId === chatId)?.text ?? '';
  const seq = Number(/#(\d+)/.exec(text)?.[1] ?? messages.length);
  const near = (other: number) => Math.abs(other - seq) <= 2;
  const chat = truth.chats.find(({ id }) => id === chatId);
  const sightings = history.sightings.filter(({ message }) => message.chatId === chatId && near(message.seq));
  return [
    `  the chat ${chatId} as stored: ${JSON.stringify(chat)}`,
    ...messages.filter((message) => near(message.seq)).map((message) => `    ${describe(message)}`),
    `  who saw what around #${seq}:`,
    ...sightings
      .slice(-SHOWN_SIGHTINGS)
      .map(
        ({ askedAt, seenAt, by, source, message }) =>
          `    ${clock(history, askedAt)}-${clock(history, seenAt)} ${by} by ${source}: ${describe(message)}`,
      ),
    '  receipts at the end of it:',
    ...history.receipts
      .filter((look) => look.chatId === chatId)
      .slice(-12)
      .map(
        (look) =>
          `    ${clock(history, look.askedAt)}-${clock(history, look.seenAt)} ${look.by} by ${look.source} of ${look.userId.slice(-6)}: ${look.readSeq}/${look.deliveredSeq} of ${look.lastSeq}`,
      ),
  ];
}

/** How often each kind of violation was found. */
export function tally(violations: readonly Violation[]): string {
  return [...Map.groupBy(violations, ({ name }) => name)].map(([name, all]) => `${all.length} ${name}`).join(', ');
}

function clock(history: History, at: number): string {
  return ((at - history.startedAt) / 1000).toFixed(3);
}
