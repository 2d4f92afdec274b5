import type { PublishedQuestion } from '#lib/intake';
import type { Language } from '#lib/kernel';

interface ShownQuestion {
  readonly id: string;
  readonly publishedAt: string;
  readonly question: string;
  readonly answer: string;
  /** Written in Dutch, on a page that is not. */
  readonly isOther: boolean;
}

/** Questions with their answers in the reader's language, where the desk wrote them in it. */
export function questionsView(published: readonly PublishedQuestion[], language: Language): readonly ShownQuestion[] {
  return published.map(({ id, publishedAt, question, answer }) => ({
    ...{ id, publishedAt },
    question: question[language] ?? question.nl,
    answer: answer[language] ?? answer.nl,
    isOther: question[language] === null,
  }));
}
