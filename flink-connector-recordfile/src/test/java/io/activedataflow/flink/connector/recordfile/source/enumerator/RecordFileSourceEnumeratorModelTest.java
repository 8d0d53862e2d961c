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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Random;

/**
 * Random interleavings of requests, results, failures, restores and checkpoints: every split is
 * read once and none is lost, no key has two readers at a time, and a bounded source ends.
 */
class RecordFileSourceEnumeratorModelTest {

    @Property(tries = 2000)
    void everythingIsReadOnceWhateverHappens(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll @IntRange(max = 120) int steps,
            @ForAll boolean bounded) {
        ModelJob job = new ModelJob(new Random(seed), parallelism, bounded);
        for (int i = 0; i < steps; i++) {
            job.step();
        }
        job.finish();

        job.checkThatEverythingWasReadOnce();
        job.checkWhoWasTold();
    }
}
