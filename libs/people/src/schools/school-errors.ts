import { DomainError } from '#lib/kernel';
import type { SchoolFault } from './read-table.js';

/** The file cannot be used: it is no table of schools, or too many rows have a fault. Nothing was changed. */
export class SchoolFileUnusable extends DomainError {
  readonly code = 'school-file-unusable';
  constructor(readonly faults: readonly SchoolFault[]) {
    super('This file of schools cannot be used.', { faults });
  }
}

/** An import would end more schools than changes in a month: it needs the exact number as a confirmation. Nothing was changed. */
export class TooManySchoolsEnd extends DomainError {
  readonly code = 'too-many-schools-end';
  constructor(ends: number, of: number) {
    super(
      `This would end ${ends} of ${of} schools, or give them another level. Is a file missing? Name all files of this level in one import, or confirm with --confirm ${ends}.`,
      { ends, of },
    );
  }
}

/** A file of an earlier day would overwrite what a later one told. Nothing was changed. */
export class LaterFileKnown extends DomainError {
  readonly code = 'later-file-known';
  constructor(rows: number, day: string) {
    super(
      `${rows} rows of this file were told by a file of a later day, at last of ${day}. Import it with --older when it must count all the same.`,
      {
        rows,
        day,
      },
    );
  }
}

/** No import has this number, it was undone already, or it was made before imports could be undone. */
export class SchoolImportNotThere extends DomainError {
  readonly code = 'school-import-not-there';
  constructor(number: number, why: 'unknown' | 'undone' | 'too-old') {
    const words = {
      unknown: 'There is no such import.',
      undone: 'It was undone already.',
      'too-old': 'It was made by a version that kept too little to undo it.',
    };
    super(`Import ${number} cannot be undone. ${words[why]}`, { number, why });
  }
}

/** Later imports changed the same rows: those must be undone first. */
export class ImportTouchedLater extends DomainError {
  readonly code = 'import-touched-later';
  constructor(
    number: number,
    later: readonly { readonly number: number; readonly file: string; readonly rows: number }[],
  ) {
    const names = later.map((one) => `${one.number} (${one.file}, ${one.rows} rows)`).join(', ');
    super(`Later imports changed rows of import ${number}: ${names}. Undo those first, the last one first.`, {
      number,
      later,
    });
  }
}
