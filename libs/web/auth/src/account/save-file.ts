import { InjectionToken } from '@angular/core';

/** Hands a file to the browser, which asks the person where it goes. */
export type SaveFile = (file: Blob, name: string) => void;

/** How long the browser may take to read what it was handed. */
const READ_WITHIN_MS = 60_000;

export const SAVE_FILE = new InjectionToken<SaveFile>('SAVE_FILE', {
  providedIn: 'root',
  factory: () => (file, name) => {
    const url = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS);
  },
});
