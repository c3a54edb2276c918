import type { DeliveryFaults } from '../measure/delivery-ledger.ts';
import type { SerializedHistogram } from '../measure/histogram.ts';

/** A chat as a load process needs it. */
export interface LoadChat {
  readonly chatId: string;
  readonly student: { readonly id: string; readonly token: string };
  readonly tutor: { readonly id: string; readonly token: string };
}

/** Sends in both directions of each chat, and checks what arrives. */
export interface SendJob {
  readonly kind: 'send';
  readonly url: string;
  readonly chats: readonly LoadChat[];
  /** Distinguishes this round's messages from all others: 8 hex digits. */
  readonly round: string;
  readonly warmupMs: number;
  readonly measureMs: number;
  /** Whether the members stay connected, for the next round of this server. */
  readonly staysConnected: boolean;
  /** `closed`: so many sends of each member of each chat are always under way. `open`: so many sends a second in all, by the clock. */
  readonly pace: { readonly closed: number } | { readonly open: number; readonly seed: number };
}

/** How much of itself a generator had left. */
export interface GeneratorCheck {
  /** Share of one processor it used. */
  readonly cpu: number;
  /** Share of time its event loop was busy. */
  readonly loop: number;
  /** Delay of its event loop at p99, in microseconds. */
  readonly lagP99: number;
}

export interface SendResult {
  /** Messages sent and acknowledged inside the measured time. */
  readonly acked: number;
  readonly measuredMs: number;
  /** Everything acknowledged, warm-up and end included: what the database must hold. */
  readonly ackedInAll: number;
  /** From sending to the answer, and to the arrival at the other member, in microseconds. */
  readonly ack: SerializedHistogram;
  readonly deliver: SerializedHistogram;
  readonly faults: DeliveryFaults;
  readonly generator: GeneratorCheck;
}

/** Opens connections and keeps them. */
export interface ConnectJob {
  readonly kind: 'connect';
  readonly url: string;
  readonly tokens: readonly string[];
  /** Connections being made at once. */
  readonly parallel: number;
}
export interface ConnectResult {
  readonly connected: number;
  readonly elapsedMs: number;
}

/** Closes all connections that were left open. */
export interface DisconnectJob {
  readonly kind: 'disconnect';
}

/** Connects at once and catches up on the messages missed since `seq`. */
export interface CatchUpJob {
  readonly kind: 'catchUp';
  readonly url: string;
  readonly clients: readonly { readonly token: string; readonly chatId: string; readonly seq: number }[];
  /** Messages that each must have in the end. */
  readonly missed: number;
}
export interface CatchUpResult {
  readonly elapsedMs: number;
  /** Each client's time from the start to the last missed message, in microseconds. */
  readonly times: SerializedHistogram;
  readonly faults: DeliveryFaults;
  readonly resets: number;
  /** Times a client was told that the server is too busy. */
  readonly retries: number;
}

export type Job = SendJob | ConnectJob | DisconnectJob | CatchUpJob;
export type JobResult<J extends Job> = J extends SendJob
  ? SendResult
  : J extends ConnectJob
    ? ConnectResult
    : J extends CatchUpJob
      ? CatchUpResult
      : null;
