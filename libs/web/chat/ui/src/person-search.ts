import type { PersonView } from './models';

/** Letters without case and accents: what people mean when they type a name. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** The people whose name or course holds every word of the query. */
export function findPeople(people: readonly PersonView[], query: string): readonly PersonView[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return people;
  return people.filter((person) => {
    const text = folded(`${person.name} ${person.courseTitle}`);
    return words.every((word) => text.includes(word));
  });
}
