/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * The CPU time of this JVM. Threads that have ended are not counted, which is why no contestant
 * ends a thread of weight before its last record is counted.
 */
final class CpuClock {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Of all living Java threads; compiler and garbage collector have none. */
    long javaThreadsNanos() {
        long sum = 0;
        for (long nanos : threads.getThreadCpuTime(threads.getAllThreadIds())) {
            sum += Math.max(0, nanos);
        }
        return sum;
    }

    long processNanos() {
        return process.getProcessCpuTime();
    }
}
