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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class BookmarkListTest {

    private static final BookmarkList THREE = BookmarkList.of(5, 20, 5, 21, -1, 7);

    @Test
    void hasTheFormOfTheWire() {
        assertThat(THREE.toWire()).isEqualTo("5|20|,5|21|,18446744073709551615|7|");
        assertThat(BookmarkList.EMPTY.toWire()).isEmpty();
    }

    @Test
    void partsAndWholes() {
        assertThat(THREE.part(1, 3)).isEqualTo(BookmarkList.of(5, 21, -1, 7));
        assertThat(THREE.part(0, 3)).isSameAs(THREE);
        assertThat(BookmarkList.concat(List.of(THREE.part(0, 1), THREE.part(1, 3))))
                .isEqualTo(THREE)
                .hasSameHashCodeAs(THREE);
        assertThat(BookmarkList.concat(List.of())).isEqualTo(BookmarkList.EMPTY);
        assertThat(THREE.size()).isEqualTo(3);
    }

    @Test
    void isNotChangedThroughWhatItWasMadeOf() {
        long[] numbers = {1, 2};
        BookmarkList list = BookmarkList.of(numbers);
        numbers[0] = 9;

        assertThat(list).isEqualTo(BookmarkList.of(1, 2));
    }

    @Test
    void aPublisherWithoutASequenceIsRefused() {
        assertThatThrownBy(() -> BookmarkList.of(1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAFew() {
        assertThat(THREE).hasToString("3 bookmarks [5|20|,5|21|,18446744073709551615|7|]");
        assertThat(BookmarkList.of(1, 1, 1, 2, 1, 3, 1, 4))
                .hasToString("4 bookmarks [1|1|,1|2|,1|3|,…]");
    }

    /** Events between readers and enumerator are serialized so. */
    @Test
    void eventsSurviveTheirJourney() throws Exception {
        CoveredMessagesEvent covered = new CoveredMessagesEvent("jobs", THREE);

        assertThat(InstantiationUtil.clone(covered)).isEqualTo(covered);
        assertThat(InstantiationUtil.clone(new LeasesAcknowledgedEvent()))
                .isEqualTo(new LeasesAcknowledgedEvent());
        assertThat(InstantiationUtil.clone(new QueuesOpenEvent())).isEqualTo(new QueuesOpenEvent());
    }
}
