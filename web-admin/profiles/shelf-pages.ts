import { type Request, type ResponseObject, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { type Fields } from '../form.ts'
import { formHandler, pressHandler, type Shown } from '../form-handler.ts'
import { goTo } from '../page.ts'
import { readerOf } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'

interface ShelfPagesDeps {
  readonly profiles: Pick<Profiles, 'rename' | 'retire' | 'bringBack'>
  /** The page of the profile, with what was typed and why it was refused. */
  readonly show: (request: Request, h: ResponseToolkit, shown: Shown) => Promise<ResponseObject>
}

export const nameFields = {
  name: { label: 'profile.name', hint: 'profile.name.hint' },
} as const satisfies Fields

/** What a profile is called, and whether it is still offered: the forms on its page. */
export function shelfPages({ profiles, show }: ShelfPagesDeps): ServerRoute[] {
  const press = (
    path: string,
    said: TextKey,
    act: (actor: Actor, id: string) => Promise<unknown>,
  ): ServerRoute => ({
    method: 'POST',
    path: `/profiles/{id}/${path}`,
    options: needs('profiles.write'),
    handler: pressHandler({
      show,
      act: async (request, h) => {
        await act(readerOf(request).actor, idOf(request))
        return goTo(h, `/profiles/${idOf(request)}`, said)
      },
    }),
  })
  return [
    {
      method: 'POST',
      path: '/profiles/{id}/name',
      options: needs('profiles.write'),
      handler: formHandler({
        schema: Joi.object<{ name: string }>({ name: Joi.string().trim().max(120).required() }),
        fields: nameFields,
        show,
        act: async (request, h, { name }) => {
          await profiles.rename(readerOf(request).actor, idOf(request), name)
          return goTo(h, `/profiles/${idOf(request)}`, 'said.profile-renamed')
        },
      }),
    },
    press('retire', 'said.profile-retired', (actor, id) => profiles.retire(actor, id)),
    press('bring-back', 'said.profile-back', (actor, id) => profiles.bringBack(actor, id)),
  ]
}
