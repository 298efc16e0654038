import type { ESLint, Rule, SourceCode } from 'eslint'

const disabling = /^\s*(?:eslint-disable|@ts-(?:expect-error|ignore|nocheck))/

/** A comment that silences a rule must say why, after ` -- `. */
const reasonedDisable: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { why: 'Say why after " -- ".' } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const isSilent = disabling.test(comment.value) && !/\s--?\s*\S/.test(comment.value)
        if (isSilent && comment.loc) context.report({ loc: comment.loc, messageId: 'why' })
      }
    },
  }),
}

type Exported = { id?: { name?: string } | null; declarations?: { id: { name?: string } }[] }

const namesOf = (declaration: Exported): string[] =>
  [declaration.id, ...(declaration.declarations ?? []).map((one) => one.id)].flatMap((id) =>
    id?.name ? [id.name] : [],
  )

const followsOn = ({ sourceCode }: Rule.RuleContext, node: Parameters<SourceCode['getTokenBefore']>[0]): boolean => {
  const before = sourceCode.ast.body.findLast((one) => one.type === 'ExportNamedDeclaration' && isBefore(one, node))
  return before?.loc?.end.line === (node.loc?.start.line ?? 0) - 1
}

type Ranged = { range?: [number, number] | undefined }

const isBefore = (one: Ranged, other: Ranged): boolean => (one.range?.[1] ?? 0) <= (other.range?.[0] ?? 0)

/** Every export opens with a docstring of at most six lines; one on the very next line, or of the same name, shares it. */
const docstring: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      none: '{{name}} needs a docstring.',
      long: 'The docstring of {{name}} has {{lines}} lines; six is the limit.',
    },
  },
  create(context) {
    const documented = new Set<string>()
    return {
      ExportNamedDeclaration(node) {
        if (!node.declaration) return
        const names = namesOf(node.declaration as Exported)
        const doc = context.sourceCode
          .getCommentsBefore(node)
          .findLast((c) => c.type === 'Block' && c.value.startsWith('*'))
        if (!doc && (names.some((one) => documented.has(one)) || followsOn(context, node))) return
        for (const one of names) documented.add(one)
        if (!doc) context.report({ node, messageId: 'none', data: { name: names.join() } })
        const lines = doc?.value.split('\n').filter((line) => /[^\s*]/.test(line)).length ?? 0
        if (lines > 6) context.report({ node, messageId: 'long', data: { name: names.join(), lines: String(lines) } })
      },
    }
  },
}

/** House rules that no published plugin has. */
export const housePlugin: ESLint.Plugin = { rules: { 'reasoned-disable': reasonedDisable, docstring } }
