import type { AppError, AppErrorCode } from '../../shared/ipc/errors.ts';

/** Thrown by a handler to answer a window with this error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: AppError;

  constructor(code: AppErrorCode, message: string, more?: Omit<AppError, 'code' | 'message'>) {
    super(message);
    this.error = { code, message, ...more };
  }
}
