import type { Profile } from './profile.ts'

/** Articles behind the requirement ids the shipped profiles cite, in the regulations' own numbering. */
const ARTICLES: Record<string, string> = {
  'NBU-1': '二',
  'NBU-2': '二',
  'NBU-3': '一',
  'NBU-4': '三、2',
  'NBU-6': '三、3（2）',
  'NBU-7': '三、3（4）',
  'NBU-8': '四、2 和 3',
  'NBU-9': '三、3（1）',
  'NBU-10': '三、3（3）',
  'NBU-13': '三、3（5）',
  'NBU-14': '三、4',
  'NBU-15': '三、2',
  'NBU-17': '三、1',
  'NBU-18': '三、3（5）',
  'SSC-20.1': '第二十条（一）',
  'SSC-20.2': '第二十条（二）',
  'SSC-20.3': '第二十条（三）',
  'SSC-21b': '第二十一条',
  'SZIT-1': '三',
  'SZIT-2': '四、1',
  'SZIT-3': '三',
  'SZIT-4': '四、3（1）',
  'SZIT-5': '四、3（2）',
  'SZIT-6': '四、4',
  'SZIT-7': '四、2',
  'SZIT-8': '二；四、1',
  'SZIT-9': '三、5 和 6',
  'SZIT-10': '三',
  'SZIT-11': '四、4',
  'REF-SU': '宿州学院考核办法',
  'REF-CH': '中心章程四至八',
  'REF-SU8': '宿州学院工作制度八、九',
  'REF-CQ3.1': '首问负责制度三、1',
  'REF-CQ3.2': '首问负责制度三、2',
  'REF-CQ3.3': '首问负责制度三、3',
  'REF-CQ3.4': '首问负责制度三、4',
  'REF-CQ4': '首问负责制度四',
  'REF-CQ4.2': '首问负责制度四',
  'REF-CQ6': '首问负责制度六',
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

const chineseNumber = (n: number): string => {
  const tens = Math.floor(n / 10)
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`
  return head + (DIGITS[n % 10] ?? '')
}

/**
 * The article a cite stands for, as it is shown beside a setting: `ZJJ-27` is 第二十七条, `NBU-9` is 三、3（1）;
 * a cite that already is an article (`SZIT-四.3`) gives that. Null stays null: 本厅约定.
 */
export function articleOf(cite: string | null): string | null {
  if (cite === null) return null
  const known = ARTICLES[cite]
  if (known !== undefined) return known
  const numbered = /^(?:SSC|ZJJ)-(\d{1,2})$/.exec(cite)
  if (numbered) return `第${chineseNumber(Number(numbered[1]))}条`
  return cite.slice(cite.indexOf('-') + 1)
}

/** Who says what a setting says, as screens tell it: 规章第九条, or 本厅约定. */
export function sourceWords(cite: string | null | undefined): string {
  const article = articleOf(cite ?? null)
  return article === null ? '本厅约定' : `规章${article}`
}

/** 《…办法》（文号）第…条: the hall's regulation, with the article a rule rests on when it names one. */
export function regulationWords({ settings }: Profile, cite: string | null): string {
  const { title, number } = settings.regulation.value
  return `《${title}》${number ? `（${number}）` : ''}${articleOf(cite) ?? ''}`
}
