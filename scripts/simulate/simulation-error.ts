/** What an iPad could not do because of the server: the message says what it asked and what it got. */
export class SimulationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SimulationError'
  }
}
