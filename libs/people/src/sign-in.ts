import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { PasswordCheck } from './passwords/password-check.js';
import { SignInFailed } from './people-errors.js';
import { NATIONAL, openSession, type SignedIn } from './sessions.js';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** IP address of the client, for throttling. */
  readonly clientAddress: string;
  /** The session cookie that came with the request; that session ends. */
  readonly currentSession?: string;
}

/** Signs a person in by e-mail address and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordCheck,
  ) {}

  /** Throws SignInFailed and TooManyAttempts; neither tells whether the account exists. */
  async execute(request: SignInRequest): Promise<SignedIn> {
    const verified = await this.passwords.verify(request.email, request.password, request.clientAddress);
    if (verified === null) throw new SignInFailed();
    const { personId, hash: verifiedHash } = verified;
    const currentSession = request.currentSession ?? null;
    const signedIn = await this.database.unit({ regions: [NATIONAL], actor: personId }, (tx) =>
      openSession(tx, { personId, verifiedHash, currentSession }),
    );
    if (signedIn === null) throw new SignInFailed();
    return signedIn;
  }
}
