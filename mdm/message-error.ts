export type MessageFault = 'plist' | 'form' | 'message-type' | 'status'

/** A message of a device that cannot be understood: answer 400. Never holds what the message said. */
export class MessageError extends Error {
  readonly fault: MessageFault

  constructor(fault: MessageFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MessageError'
    this.fault = fault
  }
}
