import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Devices } from '../../server/devices/devices.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { isOpen } from '../../server/loans/loan.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { dayAndTime } from '../dates.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { formView, type Fields } from '../form.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'

interface ChecklistPagesDeps {
  readonly loans: Pick<Loans, 'get' | 'checkOff'>
  readonly devices: Pick<Devices, 'get'>
  readonly people: Pick<People, 'many'>
  readonly organisations: Pick<Organisations, 'get'>
}

const fields = { done: { label: 'checklist.open', optional: true } } as const satisfies Fields
const ticked = Joi.array().items(Joi.string().trim().max(120)).max(40).single().unique().default([])
const schema = Joi.object<{ done: string[]; seen: string[] }>({ done: ticked, seen: ticked })

/** What is gone through with the borrower after the signature, ticked on a tablet. */
export function checklistPages({ loans, devices, people, organisations }: ChecklistPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, say, language } = readerOf(request)
    const loan = await loans.get(actor, idOf(request))
    const { settings } = await organisations.get(actor)
    const [holder] = await people.many(actor, [loan.personId])
    const { assetTag } = await devices.get(actor, loan.deviceId)
    const ticks = new Map((loan.checklist ?? []).map(tick => [tick.line, tick]))
    const lines = [...new Set([...settings.checklist, ...ticks.keys()])]
    const { done } = shown.typed
    const isTyped = shown.errors && ((line: string) => [done].flat().includes(line))
    return showPage(request, h, 'hand-out/checklist', {
      title: say('checklist.title', { name: holder ? fullName(holder) : assetTag }),
      id: loan.id,
      tag: assetTag,
      deviceHref: `/devices/${loan.deviceId}`,
      isOver: !isOpen(loan.state),
      progress: say('checklist.of', { done: ticks.size, all: lines.length }),
      lines: lines.map(line => {
        const tick = ticks.get(line)
        const by = tick && say('checklist.by', { name: tick.by.name, when: dayAndTime(tick.at, language) })
        return { line, isDone: isTyped?.(line) ?? tick !== undefined, isSeen: tick !== undefined, by }
      }),
      form: formView(fields, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  const options = needs('loans.write')
  const path = '/hand-out/{id}/checklist'
  return [
    { method: 'GET', path, options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path,
      options,
      handler: formHandler({
        schema,
        fields,
        show,
        act: async (request, h, typed) => {
          await loans.checkOff(readerOf(request).actor, idOf(request), typed)
          return goTo(h, '/hand-out', 'said.checklist-saved')
        },
      }),
    },
  ]
}
