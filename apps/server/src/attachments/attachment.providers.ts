import type { Provider } from '@nestjs/common';
import type { Database } from '#lib/database';
import { AddAttachment, RemoveAttachment } from '#lib/intake';
import type { RoundParts } from '../server-options.js';
import { AttachmentPagesController } from '../pages/proposal/attachment-pages.controller.js';
import { AttachmentsController } from './attachments.controller.js';
import { Attachments } from './attachments.js';
import type { FileParts } from './file-parts.js';

export const attachmentControllers = [AttachmentsController, AttachmentPagesController];

/** The acts on attachments that routes use. */
export function attachmentProviders(database: Database, { frozen }: RoundParts, files: FileParts): Provider[] {
  const { isScanned, ring } = files;
  const adding = new AddAttachment(database, frozen, { state: isScanned ? 'quarantined' : 'unscanned', ring });
  const acts = [adding, new RemoveAttachment(database, frozen), files];
  return [Attachments, ...acts.map((act) => ({ provide: act.constructor, useValue: act }))];
}
