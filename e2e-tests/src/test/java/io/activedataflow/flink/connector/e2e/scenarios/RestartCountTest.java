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

package io.activedataflow.flink.connector.e2e.scenarios;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class RestartCountTest {

    private final RestartCount restarts = new RestartCount();

    @Test
    void whatIsSeenAgainIsNotCountedAgain() {
        restarts.seen(2);
        restarts.seen(2);
        restarts.seen(3);

        assertThat(restarts.total()).isEqualTo(3);
    }

    @Test
    void jobThatIsRecoveredIsRestarted() {
        restarts.seen(2);
        restarts.jobManagerReplaced();
        restarts.seen(0);

        assertThat(restarts.total()).isEqualTo(3);
    }

    @Test
    void otherJobManagerBeginsToCount() {
        restarts.seen(4);
        restarts.seen(1);

        assertThat(restarts.total()).isEqualTo(6);
    }
}
