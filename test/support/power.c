/* Preloaded into the desk: remembers what each write to its database replaced, until the file is synced.
   After a kill the test undoes what was not synced, as a power cut would. POWER_LOG: where to remember;
   POWER_NOSYNC=1: syncing is a lie (the control). Only regular files named madoguchi.db* are looked at. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int logfd = -1;
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_trunc)(int, off64_t), (*real_fdatasync)(int), (*real_fsync)(int);

__attribute__((constructor)) static void init(void) {
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_trunc = dlsym(RTLD_NEXT, "ftruncate64");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  const char *path = getenv("POWER_LOG");
  if (path) logfd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* 'd' for the database, 'w' for its WAL, 0 for anything else. */
static char kind(int fd) {
  char link[64], path[512];
  if (logfd < 0) return 0;
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
  if (write(logfd, all, sizeof head + head[3]) < 0) abort();
  free(all);
  free(old);
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t at) {
  char file = kind(fd);
  if (!file) return real_pwrite(fd, buf, n, at);
  pthread_mutex_lock(&lock);
  note('W', file, at, fd, n);
  ssize_t done = real_pwrite(fd, buf, n, at);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *buf, size_t n, off_t at) { return pwrite64(fd, buf, n, at); }

int ftruncate64(int fd, off64_t size) {
  char file = kind(fd);
  if (!file) return real_trunc(fd, size);
  pthread_mutex_lock(&lock);
  struct stat st;
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
  pthread_mutex_lock(&lock);
  int done = real(fd);
  note('S', file, 0, fd, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int fdatasync(int fd) { return synced(fd, real_fdatasync); }
int fsync(int fd) { return synced(fd, real_fsync); }
