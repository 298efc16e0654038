/// <reference types="vitest/config" />
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const here = import.meta.dirname
const isTest = Boolean(process.env.VITEST)
const api = `http://127.0.0.1:${process.env.PORT || '8787'}`

let outDir = ''
const noteOutDir: Plugin = {
  name: 'note-out-dir',
  configResolved: ({ root, build }) => {
    outDir = resolve(root, build.outDir)
  },
}

/** Each kept file is fetched against its own hash: a build that arrives damaged is never taken (reliability.md F38). */
const withIntegrity = <Entry extends { url: string }>(entries: Entry[]) => {
  const hashOf = (url: string) =>
    createHash('sha384')
      .update(readFileSync(join(outDir, url)))
      .digest('base64')
  return { manifest: entries.map((entry) => ({ ...entry, integrity: `sha384-${hashOf(entry.url)}` })), warnings: [] }
}

/** The service worker is ours (client/worker) and so is its registration: the plugin only fills in the precache list. */
const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'worker',
  filename: 'sw.ts',
  injectRegister: null,
  injectManifest: {
    globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
    globIgnores: ['sw-off.js'],
    manifestTransforms: [withIntegrity],
  },
  includeManifestIcons: false,
  manifest: {
    id: '/',
    name: '常开窗口',
    short_name: '常开窗口',
    description: '一站式服务大厅的窗口，断网也能办。',
    lang: 'zh-CN',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
})

/** What every start of the app runs after its entry. */
const shell = ['router.ts', 'AppShell.vue'].map((file) => `/client/app/${file}`)
const startScreen = '/client/cases/WindowScreen.vue'
/** Asked for with the entry, not one hop of imports after another: the shell, and the two screens a day begins on. */
const soonNeeded = [
  ...[...shell, startScreen, '/client/app/register-worker.ts'],
  ...['CaseListPage.vue', 'CaseNone.vue'].map((file) => `/client/cases/${file}`),
]
const isOneOf = (paths: readonly string[]) => (id: string) => paths.some((path) => id.endsWith(path))

const preloadSoon: Plugin = {
  name: 'preload-soon',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((one) => one.type === 'chunk')
      const files = new Set<string>()
      const take = (chunk: (typeof chunks)[number] | undefined): void => {
        if (!chunk || files.has(chunk.fileName)) return
        files.add(chunk.fileName)
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
        for (const next of chunk.imports) take(chunks.find(({ fileName }) => fileName === next))
      }
      for (const path of soonNeeded) take(chunks.find((one) => one.moduleIds.some(isOneOf([path]))))
      const missing = [...files].filter((file) => !html.includes(file))
      return missing.map((file) => ({
        ...{ tag: 'link', injectTo: 'head' as const },
        attrs: { rel: file.endsWith('.css') ? 'stylesheet' : 'modulepreload', crossorigin: true, href: `/${file}` },
      }))
    },
  },
}

/** One vitest project for each kind of test; the suffix names the environment a test needs. */
const suffixed = 'tests/**/*.{rule,dom,pg,walk}.test.ts'
const project = (name: string, include: string, more: object = {}) => ({
  extends: true as const,
  test: { name, root: here, include: [include], exclude: include.includes('/**/*.test') ? [suffixed] : [], ...more },
})

export default defineConfig({
  root: 'client',
  cacheDir: '../node_modules/.vite',
  plugins: [vue({ features: { optionsAPI: false } }), preloadSoon, ...(isTest ? [] : [noteOutDir, pwa])],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true, // for tests/house/bundle.walk.test.ts
    assetsInlineLimit: 0, // the content policy has no data: (reliability T5)
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // Chunks that import each other in a ring would otherwise run before what they use exists (seen: a blank page).
    rolldownOptions: {
      // The rules are pure: a command nobody imports is left out, though its room's front door names it.
      treeshake: { moduleSideEffects: (id) => !id.includes('/shared/') },
      output: {
        strictExecutionOrder: true,
        // One file for what every start needs: sixty small ones cost the worker sixty answers.
        codeSplitting: { groups: [{ name: 'shell', test: isOneOf([...shell, startScreen]) }] },
      },
    },
  },
  server: {
    // Only `/sync/v1`: in dev the folder client/sync is itself served under /sync. The host stays the page's own, or
    // the server takes each write for another site's.
    proxy: Object.fromEntries(
      ['/api', '/sync/v1', '/livez', '/readyz', '/version'].map((path) => [path, { target: api, changeOrigin: false }]),
    ),
  },
  test: {
    projects: [
      project('rule', 'tests/**/*.rule.test.ts'),
      project('house', 'tests/house/**/*.test.ts', { testTimeout: 60_000, sequence: { groupOrder: 1 } }),
      project('dom', 'tests/**/*.dom.test.ts', { environment: 'happy-dom', testTimeout: 15_000 }),
      project('sim', 'tests/sim/**/*.test.ts', { testTimeout: 300_000, maxWorkers: 2, sequence: { groupOrder: 2 } }),
      project('pg', 'tests/**/*.pg.test.ts', {
        testTimeout: 60_000,
        hookTimeout: 60_000,
        maxWorkers: 2,
        expect: { poll: { timeout: 15_000 } },
        sequence: { groupOrder: 3 },
      }),
      project('walk', 'tests/**/*.walk.test.ts', {
        testTimeout: 180_000,
        hookTimeout: 180_000,
        maxWorkers: 1,
        expect: { poll: { timeout: 30_000 } }, // as long as a walk waits for the screen; without it one second
        fileParallelism: false,
        sequence: { groupOrder: 4 },
      }),
    ],
  },
})
