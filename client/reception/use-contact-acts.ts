import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { actTitle } from '../../shared/act-words.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { useAct } from '../local/act.ts'
import { useToast } from '../ui/use-toast.ts'
import type { ContactAct } from './contact-actions.ts'

/** Acts on one first contact, each one tap; `open` is the dialog that is being filled in. */
export interface ContactActs {
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  open: Ref<ContactAct | 'lapse' | null>
  keep(act: string, args: Record<string, Json>, draftId?: string): Promise<boolean>
}

/** Acts on the contact with this id. */
export function useContactActs(id: () => string): ContactActs {
  const { run, isBusy, refusal } = useAct()
  const toast = useToast()
  const open = shallowRef<ContactAct | 'lapse' | null>(null)

  async function keep(act: string, args: Record<string, Json>, draftId?: string): Promise<boolean> {
    const type = `contact.${act}`
    const kept = await run([{ type, kind: 'contact', aggId: id(), args, itemId: null }], draftId)
    if (!kept) return false
    open.value = null
    const title = args.how === 'solved' ? '解决' : actTitle(type)
    toast.show({ text: `已${title}，存在本机`, icon: 'tablet' })
    return true
  }

  return { isBusy, refusal, open, keep }
}
