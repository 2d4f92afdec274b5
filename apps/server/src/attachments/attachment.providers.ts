import type { Provider } from '@nestjs/common';
import type { Database } from '#lib/database';
import { AddAttachment, RemoveAttachment } from '#lib/intake';
import type { RoundParts } from '../server-options.js';
import { ObjectionFilesController } from '../pages/decision/objection-files.controller.js';
import { AttachmentPagesController } from '../pages/proposal/attachment-pages.controller.js';
import { AttachmentsController } from './attachments.controller.js';
import { Attachments } from './attachments.js';
import type { FileParts } from './file-parts.js';

export const attachmentControllers = [AttachmentsController, AttachmentPagesController, ObjectionFilesController];

/** The acts on attachments that routes use. */
export function attachmentProviders(database: Database, { frozen }: RoundParts, files: FileParts): Provider[] {
  const { newState: state, ring } = files;
  const adding = new AddAttachment(database, frozen, { state, ring });
  const acts = [adding, new RemoveAttachment(database, frozen), files];
  return [Attachments, ...acts.map((act) => ({ provide: act.constructor, useValue: act }))];
}
