import { DOCUMENT, inject, Injectable } from '@angular/core';

const PREFIX = 'course-chat.draft';

/** What was being written, by person and chat, in this browser. A browser that refuses storage keeps it while the page lives. */
@Injectable({ providedIn: 'root' })
export class DraftStorage {
  private readonly storage: Storage | null;

  constructor() {
    this.storage = open(inject(DOCUMENT).defaultView);
  }

  /** The drafts of one person by chat. */
  load(userId: string): Record<string, string> {
    const drafts: Record<string, string> = {};
    for (const key of this.keysOf(userId)) {
      const text = this.storage?.getItem(key);
      if (text) drafts[key.slice(prefixOf(userId).length)] = text;
    }
    return drafts;
  }

  /** An empty text removes the draft. */
  save(userId: string, chatId: string, text: string): void {
    const key = prefixOf(userId) + chatId;
    try {
      if (text.trim()) this.storage?.setItem(key, text);
      else this.storage?.removeItem(key);
    } catch {
      // Full: the draft still lives in memory.
    }
  }

  /** What another tab did to a draft of this person; null where a change of the storage is about something else. */
  changeIn(
    { key, oldValue, newValue }: StorageEvent,
    userId: string,
  ): { chatId: string; from: string; to: string } | null {
    if (!key?.startsWith(prefixOf(userId))) return null;
    return { chatId: key.slice(prefixOf(userId).length), from: oldValue ?? '', to: newValue ?? '' };
  }

  clear(userId: string): void {
    for (const key of this.keysOf(userId)) this.storage?.removeItem(key);
  }

  private keysOf(userId: string): string[] {
    const { storage } = this;
    if (!storage) return [];
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return keys.filter((key) => key.startsWith(prefixOf(userId)));
  }
}

function prefixOf(userId: string): string {
  return `${PREFIX}.${userId}.`;
}

function open(window: Window | null): Storage | null {
  try {
    return window?.localStorage ?? null;
  } catch {
    return null;
  }
}
