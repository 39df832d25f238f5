/* Preloaded into the desk: remembers what each write to its database replaced, until the file is synced.
   After a kill the test undoes what was not synced, as a power cut would. POWER_LOG: where to remember;
   POWER_NOSYNC=1: syncing is a lie (the control). Only regular files named madoguchi.db* are looked at.
   ORDER_LOG: where to tell, in the order in which they happen, what was written to the log, that a sync has returned,
   and that an answer is about to be written to a socket. FAULT_DIR: as long as it holds a file write-ever or sync-ever,
   writes or syncs fail with EIO; write-once and sync-once are taken away by the first that does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int logfd = -1, orderfd = -1;
static const char *faults;
static ssize_t (*real_write)(int, const void *, size_t), (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_sendmsg)(int, const struct msghdr *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_trunc)(int, off64_t), (*real_fdatasync)(int), (*real_fsync)(int);

__attribute__((constructor)) static void init(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_trunc = dlsym(RTLD_NEXT, "ftruncate64");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  const char *path = getenv("POWER_LOG");
  if (path) logfd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *order = getenv("ORDER_LOG");
  if (order) orderfd = open(order, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  faults = getenv("FAULT_DIR");
}

/* One event: type, length, bytes. The caller holds the lock. */
static void tell(char type, const void *bytes, int64_t length) {
  if (orderfd < 0) return;
  int64_t head[2] = {type, length};
  if (real_write(orderfd, head, sizeof head) < 0) abort();
  if (length > 0 && real_write(orderfd, bytes, length) < 0) abort();
}

/* Whether this operation, "write" or "sync", fails now. */
static int refused(const char *operation) {
  char path[600];
  if (!faults) return 0;
  snprintf(path, sizeof path, "%s/%s-once", faults, operation);
  int fails = unlink(path) == 0;
  snprintf(path, sizeof path, "%s/%s-ever", faults, operation);
  fails = fails || access(path, F_OK) == 0;
  if (fails) errno = EIO;
  return fails;
}

/* Tells of what is about to be written to a socket, when it begins an answer. */
static void answering(int fd, const struct iovec *parts, int count) {
  struct stat st;
  char text[4096];
  size_t length = 0;
  if (orderfd < 0 || count < 1 || parts[0].iov_len < 5 || memcmp(parts[0].iov_base, "HTTP/", 5)) return;
  if (fstat(fd, &st) || !S_ISSOCK(st.st_mode)) return;
  for (int i = 0; i < count; i++) {
    size_t n = parts[i].iov_len < sizeof text - length ? parts[i].iov_len : sizeof text - length;
    memcpy(text + length, parts[i].iov_base, n);
    length += n;
  }
  pthread_mutex_lock(&lock);
  tell('A', text, length);
  pthread_mutex_unlock(&lock);
}

ssize_t write(int fd, const void *bytes, size_t n) {
  if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
  struct iovec one = {(void *)bytes, n};
  answering(fd, &one, 1);
  return real_write(fd, bytes, n);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!real_writev) real_writev = dlsym(RTLD_NEXT, "writev");
  answering(fd, parts, count);
  return real_writev(fd, parts, count);
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (!real_sendmsg) real_sendmsg = dlsym(RTLD_NEXT, "sendmsg");
  answering(fd, message->msg_iov, message->msg_iovlen);
  return real_sendmsg(fd, message, flags);
}

/* 'd' for the database, 'w' for its WAL, 0 for anything else. */
static char kind(int fd) {
  char link[64], path[512];
  if (logfd < 0 && orderfd < 0 && !faults) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  const char *name = strrchr(path, '/');
  if (!name) return 0;
  if (!strcmp(name, "/madoguchi.db")) return 'd';
  return strcmp(name, "/madoguchi.db-wal") ? 0 : 'w';
}

static void note(char type, char file, int64_t offset, int fd, int64_t length) {
  if (logfd < 0) return;
  struct stat st;
  int64_t head[4] = {type | file << 8, offset, 0, 0};
  fstat(fd, &st);
  head[2] = st.st_size;
  char *old = length > 0 ? malloc(length) : NULL;
  if (old) head[3] = pread(fd, old, length, offset);
  if (head[3] < 0) head[3] = 0;
  char *all = malloc(sizeof head + head[3]);
  memcpy(all, head, sizeof head);
  if (head[3]) memcpy(all + sizeof head, old, head[3]);
  if (real_write(logfd, all, sizeof head + head[3]) < 0) abort();
  free(all);
  free(old);
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t at) {
  char file = kind(fd);
  if (!file) return real_pwrite(fd, buf, n, at);
  if (refused("write")) return -1;
  pthread_mutex_lock(&lock);
  note('W', file, at, fd, n);
  ssize_t done = real_pwrite(fd, buf, n, at);
  if (file == 'w') tell('W', buf, n);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *buf, size_t n, off_t at) { return pwrite64(fd, buf, n, at); }

int ftruncate64(int fd, off64_t size) {
  char file = kind(fd);
  if (!file) return real_trunc(fd, size);
  pthread_mutex_lock(&lock);
  struct stat st;
  if (refused("write")) {
    pthread_mutex_unlock(&lock);
    return -1;
  }
  fstat(fd, &st);
  note('W', file, size, fd, st.st_size > size ? st.st_size - size : 0);
  int done = real_trunc(fd, size);
  pthread_mutex_unlock(&lock);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
  char file = kind(fd);
  if (!file || getenv("POWER_NOSYNC")) return file ? 0 : real(fd);
  if (refused("sync")) return -1;
  pthread_mutex_lock(&lock);
  int done = real(fd);
  note('S', file, 0, fd, 0);
  if (file == 'w') tell('S', NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int fdatasync(int fd) { return synced(fd, real_fdatasync); }
int fsync(int fd) { return synced(fd, real_fsync); }
