/* The kernel's half of a camera, for Qt's own V4L2 code: preloaded before the C library in one child of a test.
 *
 * /dev is the folder $CAMERA_DEV, a FIFO in it named video0 is a camera, and its plug is the socket video0.sock in the
 * folder $CAMERAS: frames come through it as a length and bytes. A file video0.busy there makes it another program's.
 * Everything that is not about a camera goes on to the real functions. See paper_cameras.py for the other end. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define REAL(name, ...) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))(__VA_ARGS__)
#define FAIL(why) do { errno = (why); return -1; } while (0)
enum { WIDE = 1280, HIGH = 720, RATE = 25, MOST = 16, BUFFERS = 8 };

struct camera {
  int descriptor, number, queued;
  struct { unsigned long place; uint32_t index, length; } queue[BUFFERS];
};
static struct camera cameras[MOST] = {[0 ... MOST - 1] = {.descriptor = -1}};
static int next;

static struct camera *of(int descriptor) {
  for (int n = 0; descriptor >= 0 && n < MOST; n++)
    if (cameras[n].descriptor == descriptor) return &cameras[n];
  return NULL;
}

static int is_busy(const struct camera *camera) {
  char path[256];
  snprintf(path, sizeof path, "%s/video%d.busy", getenv("CAMERAS"), camera->number);
  return access(path, F_OK) == 0;
}

static uint32_t kind(void) { return strcmp(getenv("CAMERA_KIND"), "MJPG") ? V4L2_PIX_FMT_YUYV : V4L2_PIX_FMT_MJPEG; }

static int plug(int number) {
  struct sockaddr_un where = {.sun_family = AF_UNIX};
  snprintf(where.sun_path, sizeof where.sun_path, "%s/video%d.sock", getenv("CAMERAS"), number);
  int wire = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(wire, (struct sockaddr *)&where, sizeof where) < 0) { REAL(close, wire); FAIL(ENODEV); }
  cameras[next++ % MOST] = (struct camera){.descriptor = wire, .number = number};
  return wire;
}

#define OPENING(name)                                                                    \
  int name(const char *path, int flags, ...) {                                           \
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
    if (!strncmp(path, "/dev/video", 10)) return plug(atoi(path + 10));                  \
    return REAL(name, path, flags, mode);                                                \
  }
OPENING(open)
OPENING(open64)

int close(int descriptor) {
  struct camera *camera = of(descriptor);
  if (camera) camera->descriptor = -1;
  return REAL(close, descriptor);
}

DIR *opendir(const char *path) {
  return REAL(opendir, strcmp(path, "/dev") && strcmp(path, "/dev/") ? path : getenv("CAMERA_DEV"));
}

int inotify_add_watch(int descriptor, const char *path, uint32_t mask) {
  int (*real)(int, const char *, uint32_t) = dlsym(RTLD_NEXT, "inotify_add_watch");
  return real(descriptor, strcmp(path, "/dev") ? path : getenv("CAMERA_DEV"), mask);
}

static int whole(int wire, void *into, size_t length) {
  return length && recv(wire, into, length, MSG_WAITALL) != (ssize_t)length;
}

static int deliver(struct camera *camera, struct v4l2_buffer *buffer) {
  uint32_t length;
  if (!camera->queued) FAIL(EAGAIN);
  if (whole(camera->descriptor, &length, 4) || length > camera->queue[0].length ||
      whole(camera->descriptor, (void *)camera->queue[0].place, length)) FAIL(ENODEV);
  buffer->index = camera->queue[0].index;
  buffer->bytesused = length;
  memmove(camera->queue, camera->queue + 1, sizeof camera->queue[0] * --camera->queued);
  return 0;
}

static int asked(struct camera *camera, unsigned long request, void *about) {
  switch (request) {
    case VIDIOC_QUERYCAP: {
      struct v4l2_capability *told = about;
      snprintf((char *)told->card, sizeof told->card, "Counter camera %d", camera->number);
      told->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      told->capabilities = told->device_caps | V4L2_CAP_DEVICE_CAPS;
      return 0;
    }
    case VIDIOC_ENUM_FMT: {
      struct v4l2_fmtdesc *told = about;
      if (told->index) FAIL(EINVAL);
      told->pixelformat = kind();
      return 0;
    }
    case VIDIOC_ENUM_FRAMESIZES: {
      struct v4l2_frmsizeenum *told = about;
      if (told->index) FAIL(EINVAL);
      told->type = V4L2_FRMSIZE_TYPE_DISCRETE;
      told->discrete.width = WIDE;
      told->discrete.height = HIGH;
      return 0;
    }
    case VIDIOC_ENUM_FRAMEINTERVALS: {
      struct v4l2_frmivalenum *told = about;
      if (told->index) FAIL(EINVAL);
      told->type = V4L2_FRMIVAL_TYPE_DISCRETE;
      told->discrete.numerator = 1;
      told->discrete.denominator = RATE;
      return 0;
    }
    case VIDIOC_S_FMT: case VIDIOC_G_FMT: {
      struct v4l2_format *told = about;
      if (request == VIDIOC_S_FMT && is_busy(camera)) FAIL(EBUSY);
      told->fmt.pix.width = WIDE;
      told->fmt.pix.height = HIGH;
      told->fmt.pix.pixelformat = kind();
      told->fmt.pix.bytesperline = WIDE * 2;
      told->fmt.pix.sizeimage = WIDE * HIGH * 2;
      return 0;
    }
    case VIDIOC_S_PARM: case VIDIOC_G_PARM: return 0;
    case VIDIOC_REQBUFS:
      if (is_busy(camera)) FAIL(EBUSY);
      camera->queued = 0;
      return 0;
    case VIDIOC_QBUF: {
      struct v4l2_buffer *given = about;
      if (camera->queued == BUFFERS) FAIL(EINVAL);
      camera->queue[camera->queued].place = given->m.userptr;
      camera->queue[camera->queued].index = given->index;
      camera->queue[camera->queued++].length = given->length;
      return 0;
    }
    case VIDIOC_DQBUF: return deliver(camera, about);
    case VIDIOC_STREAMON: return send(camera->descriptor, "1", 1, MSG_NOSIGNAL) == 1 ? 0 : -1;
    case VIDIOC_STREAMOFF: return send(camera->descriptor, "0", 1, MSG_NOSIGNAL) == 1 ? 0 : -1;
    default: FAIL(EINVAL);
  }
}

int ioctl(int descriptor, unsigned long request, ...) {
  va_list rest; va_start(rest, request); void *about = va_arg(rest, void *); va_end(rest);
  struct camera *camera = of(descriptor);
  if (camera && _IOC_TYPE(request) == 'V') return asked(camera, (uint32_t)request, about);
  return REAL(ioctl, descriptor, request, about);
}
