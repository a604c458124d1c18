// SPDX-License-Identifier: Apache-2.0
//
// What the kernel of this machine takes to pin a page and to unpin it: anonymous memory in pages
// of 4 KiB, all of them present, is registered as a fixed buffer of an io_uring, which pins it with
// FOLL_LONGTERM, and unregistered.
//
// Usage: KernelPin MEBIBYTES
// Prints "pin N ns/page, unpin N ns/page", medians of TRIES.

#include <errno.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 101, WARM_UPS = 10, PAGE = 4096 };

static void give_up(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t nanos(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
	int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;

	return (l > r) - (l < r);
}

static double median_per_page(int64_t *times, size_t pages)
{
	qsort(times, TRIES, sizeof(*times), by_value);
	return (double)times[TRIES / 2] / pages;
}

static void ring_register(int ring, unsigned int what, void *buffers, unsigned int count)
{
	if (syscall(SYS_io_uring_register, ring, what, buffers, count) < 0)
		give_up(what == IORING_REGISTER_BUFFERS ? "io_uring cannot pin memory"
							: "io_uring cannot unpin memory");
}

int main(int argc, char **argv)
{
	size_t bytes = (size_t)(argc > 1 ? atoi(argv[1]) : 2) << 20;
	struct io_uring_params params = {0};
	struct iovec memory = {.iov_len = bytes};
	int64_t pins[TRIES], unpins[TRIES];
	int ring;

	memory.iov_base = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory.iov_base == MAP_FAILED)
		give_up("no memory to pin");
	// a huge page would be pinned by its head alone
	madvise(memory.iov_base, bytes, MADV_NOHUGEPAGE);
	memset(memory.iov_base, 1, bytes);

	ring = (int)syscall(SYS_io_uring_setup, 1, &params);
	if (ring < 0)
		give_up("there is no io_uring");

	for (int i = -WARM_UPS; i < TRIES; i++) {
		int64_t start = nanos(), pinned, end;

		ring_register(ring, IORING_REGISTER_BUFFERS, &memory, 1);
		pinned = nanos();
		ring_register(ring, IORING_UNREGISTER_BUFFERS, NULL, 0);
		end = nanos();
		if (i >= 0) {
			pins[i] = pinned - start;
			unpins[i] = end - pinned;
		}
	}
	printf("pin %.2f ns/page, unpin %.2f ns/page\n",
	       median_per_page(pins, bytes / PAGE), median_per_page(unpins, bytes / PAGE));
	return 0;
}
