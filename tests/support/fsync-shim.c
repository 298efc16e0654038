/* Recorder for the power cut of F53 (reliability.md 2): what a process writes below SHIM_ROOT, and what it has asked to
 * be on the disk, in one order, in the file SHIM_LOG. Preloaded into Postgres; changes nothing. A record is
 * `kind pathLength otherLength offset dataLength` (1 + 2 + 2 + 8 + 8 bytes), the paths, the data; one append each. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#include <limits.h>

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int log_fd(void) {
  static int fd = -1;
  if (fd < 0) {
    const char *path = getenv("SHIM_LOG");
    int low = path ? REAL(open)(path, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
    if (low < 0) abort();
    fd = fcntl(low, F_DUPFD_CLOEXEC, 900); /* out of the way of whoever counts its files */
    if (fd < 0) fd = low; else close(low);
  }
  return fd;
}

/* The part of a path below the root; null when it lies elsewhere. */
static const char *below(const char *path) {
  static char root[PATH_MAX];
  if (!root[0]) snprintf(root, sizeof root, "%s/", getenv("SHIM_ROOT") ? getenv("SHIM_ROOT") : "");
  if (path[0] != '/') return strncmp(path, "./", 2) ? path : path + 2; /* Postgres works in its data folder */
  return strncmp(path, root, strlen(root)) ? NULL : path + strlen(root);
}

static const char *path_of(int fd, char *room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, room, PATH_MAX - 1);
  if (n <= 0 || room[0] != '/') return NULL;
  room[n] = 0;
  return below(room);
}

static void record(char kind, const char *path, const char *other, int64_t at, const struct iovec *data, int count) {
  if (!path) return;
  int before = errno;
  uint16_t lengths[2] = {strlen(path), other ? strlen(other) : 0};
  uint64_t bytes = 0;
  struct iovec all[70] = {{&kind, 1}, {lengths, 4}, {&at, 8}, {&bytes, 8}, {(void *)path, lengths[0]}, {(void *)other, lengths[1]}};
  if (count > 64) abort();
  for (int i = 0; i < count; i++) { bytes += data[i].iov_len; all[6 + i] = data[i]; }
  if (REAL(writev)(log_fd(), all, 6 + count) != (ssize_t)(21 + lengths[0] + lengths[1] + bytes)) abort();
  errno = before;
}

static void wrote(int fd, const void *data, ssize_t n, int64_t at) {
  char room[PATH_MAX];
  struct iovec one = {(void *)data, n > 0 ? (size_t)n : 0};
  if (n > 0) record('w', path_of(fd, room), NULL, at, &one, 1);
}

ssize_t write(int fd, const void *data, size_t n) {
  ssize_t done = REAL(write)(fd, data, n);
  if (done > 0 && fd > 2) wrote(fd, data, done, lseek(fd, 0, SEEK_CUR) - done);
  return done;
}
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
  ssize_t done = REAL(pwrite64)(fd, data, n, at);
  wrote(fd, data, done, at);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return pwrite64(fd, data, n, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  ssize_t done = REAL(pwritev64)(fd, parts, count, at), left = done;
  for (int i = 0; i < count && left > 0; i++) {
    ssize_t n = (ssize_t)parts[i].iov_len < left ? (ssize_t)parts[i].iov_len : left;
    wrote(fd, parts[i].iov_base, n, at + done - left);
    left -= n;
  }
  return done;
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }

/* What was written before the call is on the disk after it: its begin and its end are both told. */
static int synced(int fd, int (*call)(int)) {
  char room[PATH_MAX];
  const char *path = path_of(fd, room);
  int64_t who = getpid();
  record('s', path, NULL, who, NULL, 0);
  int done = call(fd);
  if (done == 0) record('S', path, NULL, who, NULL, 0);
  return done;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int ftruncate64(int fd, off64_t size) {
  char room[PATH_MAX];
  int done = REAL(ftruncate64)(fd, size);
  if (done == 0) record('t', path_of(fd, room), NULL, size, NULL, 0);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int posix_fallocate64(int fd, off64_t at, off64_t size) {
  char room[PATH_MAX];
  int done = REAL(posix_fallocate64)(fd, at, size);
  if (done == 0) record('f', path_of(fd, room), NULL, at + size, NULL, 0);
  return done;
}
int posix_fallocate(int fd, off_t at, off_t size) { return posix_fallocate64(fd, at, size); }

int rename(const char *from, const char *to) {
  int done = REAL(rename)(from, to);
  if (done == 0 && below(to)) record('r', below(from), below(to), 0, NULL, 0);
  return done;
}
int unlink(const char *path) {
  int done = REAL(unlink)(path);
  if (done == 0) record('u', below(path), NULL, 0, NULL, 0);
  return done;
}
int mkdir(const char *path, mode_t mode) {
  int done = REAL(mkdir)(path, mode);
  if (done == 0) record('d', below(path), NULL, 0, NULL, 0);
  return done;
}
int rmdir(const char *path) {
  int done = REAL(rmdir)(path);
  if (done == 0) record('D', below(path), NULL, 0, NULL, 0);
  return done;
}

static int opened(int fd, int flags) {
  char room[PATH_MAX];
  if (fd >= 0 && (flags & O_TRUNC)) record('t', path_of(fd, room), NULL, 0, NULL, 0);
  else if (fd >= 0 && (flags & O_CREAT)) record('c', path_of(fd, room), NULL, 0, NULL, 0);
  return fd;
}
#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list more;                                                                                                      \
    va_start(more, flags);                                                                                             \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;                                            \
    va_end(more);                                                                                                      \
    return opened(REAL(name)(path, flags, mode), flags);                                                               \
  }
OPEN(open)
OPEN(open64)
