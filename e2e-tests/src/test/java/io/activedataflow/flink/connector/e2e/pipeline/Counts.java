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

package io.activedataflow.flink.connector.e2e.pipeline;

import java.util.Arrays;

/** How often each of the numbers 0, 1, 2 and so on has been seen. */
final class Counts {

    private int[] counts = new int[1024];
    private long total;

    void add(long number) {
        int index = Math.toIntExact(number);
        if (index >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(index + 1, 2 * counts.length));
        }
        counts[index]++;
        total++;
    }

    /** How many have been seen, with repetitions. */
    long total() {
        return total;
    }

    /** How many of the first ones have not been seen. */
    long missingBelow(long end) {
        long missing = 0;
        for (long number = 0; number < end; number++) {
            missing += of(number) == 0 ? 1 : 0;
        }
        return missing;
    }

    /** How many are too much if each of the first ones, and no other, should be seen once. */
    long surplusOver(long end) {
        return total - end + missingBelow(end);
    }

    /** How often this one has been seen. */
    int of(long number) {
        return number < counts.length ? counts[(int) number] : 0;
    }
}
