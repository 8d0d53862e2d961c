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

import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.file;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.id;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.name;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class SplitQueueTest {

    private static final long ANY = Long.MAX_VALUE;

    @Test
    void firstInFirstOutAndWhatComesBackComesFirst() {
        SplitQueue queue = new FifoSplitQueue();
        queue.add(file("a"));
        queue.add(file("b"));
        queue.addBack(file("y"));
        queue.addBack(file("z"));

        assertThat(names(queue.content())).containsExactly("y", "z", "a", "b");
        assertThat(queue.size()).isEqualTo(4);
        assertThat(name(queue.next(null, ANY))).isEqualTo("y");
        assertThat(name(queue.next(null, ANY))).isEqualTo("z");
        assertThat(queue.next(null, 9)).isNull();
        assertThat(name(queue.next(null, 10))).isEqualTo("a");
        queue.remove(id("b"));
        assertThat(queue.next(null, ANY)).isNull();
    }

    @Test
    void holdsNoSplitTwice() {
        SplitQueue queue = new FifoSplitQueue();
        queue.add(file("a"));
        queue.add(file("a"));
        queue.addBack(file("a"));
        queue.addBack(file("b"));
        queue.addBack(file("b"));
        queue.add(file("b"));

        assertThat(names(queue.content())).containsExactly("b", "a");
        assertThat(queue.contains(id("a"))).isTrue();
        assertThat(queue.contains(id("c"))).isFalse();
    }

    @Test
    void anAssignerOfFlinkDecidesTheOrderAndSeesTheHost() {
        LastFirst assigner = new LastFirst();
        SplitQueue queue = new AssignerSplitQueue(splits -> assigner);
        queue.add(file("a"));
        queue.add(file("b"));
        queue.add(file("b"));
        queue.addBack(file("c"));
        queue.remove(id("b"));

        assertThat(queue.size()).isEqualTo(2);
        assertThat(names(queue.content())).containsExactlyInAnyOrder("a", "c");
        assertThat(queue.next("host-1", 0)).isNull();
        assertThat(name(queue.next("host-1", ANY))).isEqualTo("c");
        assertThat(name(queue.next("host-1", ANY))).as("b was taken out").isEqualTo("a");
        assertThat(queue.next("host-1", ANY)).isNull();
        assertThat(assigner.hosts).containsOnly("host-1");
    }

    @Test
    void anAssignerThatMakesItsOwnSplitsIsRefused() {
        LastFirst assigner = new LastFirst();
        SplitQueue queue = new AssignerSplitQueue(splits -> assigner);
        assigner.splits.add(new FileSourceSplit("x", file("x").path(), 0, 1, 0, 1));

        assertThatThrownBy(() -> queue.next(null, ANY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/data/x")
                .hasMessageContaining(LastFirst.class.getName());
    }

    private static final class LastFirst implements FileSplitAssigner {

        private final List<FileSourceSplit> splits = new ArrayList<>();
        private final List<String> hosts = new ArrayList<>();

        @Override
        public Optional<FileSourceSplit> getNext(@Nullable String hostname) {
            hosts.add(hostname);
            return splits.isEmpty()
                    ? Optional.empty()
                    : Optional.of(splits.remove(splits.size() - 1));
        }

        @Override
        public void addSplits(Collection<FileSourceSplit> added) {
            splits.addAll(added);
        }

        @Override
        public Collection<FileSourceSplit> remainingSplits() {
            return splits;
        }
    }
}
