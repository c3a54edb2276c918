import { Service } from '@angular/core';
import { filter, fromEvent, map, type Observable } from 'rxjs';
import * as z from 'zod/mini';
import { idSchema } from '@course-chat/contracts';

const keptSchema = z.object({ cart: z.array(idSchema), wishlist: z.array(idSchema) });
/** What is kept of a person in this browser. */
export type Kept = z.infer<typeof keptSchema>;

const NOTHING: Kept = { cart: [], wishlist: [] };

/** Cart and wishlist in `localStorage`, apart for each person who uses this browser. */
@Service()
export class CartStorage {
  read(userId: string): Kept {
    try {
      return parse(localStorage.getItem(keyOf(userId)));
    } catch {
      return NOTHING;
    }
  }

  write(userId: string, { cart, wishlist }: { cart: readonly string[]; wishlist: readonly string[] }): void {
    try {
      localStorage.setItem(keyOf(userId), JSON.stringify({ cart, wishlist }));
    } catch {
      // Full or forbidden: the cart then lasts as long as the page.
    }
  }

  /** What other tabs keep from now on. */
  changes(userId: string): Observable<Kept> {
    return fromEvent<StorageEvent>(window, 'storage').pipe(
      filter(({ key }) => key === keyOf(userId)),
      map(({ newValue }) => parse(newValue)),
    );
  }
}

function keyOf(userId: string): string {
  return `course-chat.cart.${userId}`;
}

function parse(text: string | null): Kept {
  try {
    const kept = keptSchema.safeParse(JSON.parse(text ?? 'null'));
    return kept.success ? kept.data : NOTHING;
  } catch {
    return NOTHING;
  }
}
