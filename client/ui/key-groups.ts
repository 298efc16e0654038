import type { KeyGroup } from './types.ts'

/** Every shortcut of the staff screens, as `?` shows them. The keys themselves live with the screens that act on them. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: '窗口',
    keys: [
      { press: ['/'], what: '到查找框' },
      { press: ['Enter'], what: '打开第 1 条' },
      { press: ['↑', '↓'], what: '上一行、下一行' },
      { press: ['空格'], what: '勾选这一项' },
      { press: ['A'], what: '全部齐全' },
      { press: ['Ctrl', 'Enter'], what: '按主按钮' },
      { press: ['N'], what: '接待下一位' },
      { press: ['P'], what: '打印' },
    ],
  },
  {
    title: '到哪里',
    keys: [
      { press: ['G', 'W'], what: '窗口' },
      { press: ['G', 'C'], what: '办件' },
      { press: ['G', 'I'], what: '事项' },
      { press: ['G', 'H'], what: '交接班' },
      { press: ['O'], what: '打开待发送的清单' },
      { press: ['L'], what: '锁屏' },
      { press: ['Esc'], what: '返回，草稿留着' },
      { press: ['?'], what: '这张表' },
    ],
  },
  {
    title: '裁决',
    keys: [
      { press: ['1'], what: '选第 1 处' },
      { press: ['2'], what: '选第 2 处' },
      { press: ['3'], what: '都保留，重新打开' },
      { press: ['R'], what: '常用语' },
      { press: ['J'], what: '下一件' },
      { press: ['K'], what: '上一件' },
    ],
  },
]
