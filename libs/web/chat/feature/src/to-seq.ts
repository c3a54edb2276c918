/** The message that `?seq=` of an address points at; null where it points at none. */
export function toSeq(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
