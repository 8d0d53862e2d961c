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

import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ParallelismInferenceTest {

    private final EnumeratorFixture job = new EnumeratorFixture();

    private int infer(int upperBound) {
        return ParallelismInference.infer(
                job.settings(), job.discovery(DiscoveryState.EMPTY), upperBound);
    }

    @Test
    void filesPartsAndKeysAreCounted() {
        assertThat(infer(100)).as("no files").isEqualTo(1);
        job.splitting = RecordFileSplitting.EXACT;
        job.add("a", "b").addSized("big", 250).addSized("big.gz", 250);

        assertThat(infer(100)).isEqualTo(1 + 1 + 3 + 1);
        job.keyedByFirstLetter();
        assertThat(infer(100)).as("a, and b of four files").isEqualTo(2);
    }

    /** More readers than parts of the full size are not worth their slots. */
    @Test
    void partsAreCountedAsIfTheyWereAsLargeAsTheyMayBe() {
        job.splitting = RecordFileSplitting.EXACT;
        job.smallestPart = 10;
        job.addSized("big", 250);

        assertThat(infer(100)).isEqualTo(3);
    }

    @Test
    void neverMoreThanTheUpperBound() {
        job.add("a", "b", "c");

        assertThat(infer(2)).isEqualTo(2);
    }

    @Test
    void filesOfLaterRoundsAreCountedToo() {
        job.maxFilesPerRound = 1;
        job.add("a", "b", "c");

        assertThat(infer(100)).isEqualTo(3);
    }

    @Test
    void theUpperBoundIfTheFilesCannotBeListed() {
        job.listingError = new IOException("no route to host");

        assertThat(infer(7)).isEqualTo(7);
    }
}
