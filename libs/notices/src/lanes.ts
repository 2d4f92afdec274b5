import type { Blame } from './verdict.js';

/** So many mails in a row that were taken make room for one connection more. */
const CALM = 20;

/** How many mails are in flight at once: half as many after a 421, one more after a calm while. A relay that limits connections is not asked for more. */
export class Lanes {
  width: number;
  private calm = 0;

  constructor(private readonly most: number) {
    this.width = most;
  }

  heard(blame: Blame | 'none'): void {
    if (blame === 'busy') {
      this.width = Math.max(1, Math.floor(this.width / 2));
      this.calm = 0;
      return;
    }
    this.calm = blame === 'none' ? this.calm + 1 : this.calm;
    if (this.calm < CALM || this.width === this.most) return;
    this.width += 1;
    this.calm = 0;
  }
}
