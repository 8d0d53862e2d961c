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

package io.activedataflow.flink.connector.redis.source.reader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ControlThreadTest {

    private static final long LONG = Duration.ofSeconds(50).toNanos();

    private final Signal signal = new Signal();
    private final ControlThread control = new ControlThread(3, signal);
    private final List<Object> results = new ArrayList<>();

    @AfterEach
    void close() {
        control.close();
        assertThat(control.awaitEnd(Duration.ofSeconds(50))).isTrue();
    }

    @Test
    void callsRunOnTheThreadAndContinuationsOnTheCaller() {
        Thread[] continuedOn = new Thread[1];
        control.submit(
                () -> Thread.currentThread().getName(),
                (name, failure) -> {
                    results.add(name);
                    continuedOn[0] = Thread.currentThread();
                });
        runUntilResults(1);

        assertThat(results).containsExactly("redis-streams-control-3");
        assertThat(continuedOn[0]).isSameAs(Thread.currentThread());
    }

    @Test
    void nothingContinuesBeforeItIsCollected() {
        control.submit(() -> 1, (result, failure) -> results.add(result));
        signal.await(LONG);
        assertThat(results).isEmpty();
        control.runCompleted();
        assertThat(results).containsExactly(1);
        control.runCompleted();
        assertThat(results).containsExactly(1);
    }

    @Test
    void resultsComeInTheOrderOfTheCalls() {
        for (int i = 0; i < 100; i++) {
            int number = i;
            control.submit(() -> number, (result, failure) -> results.add(result));
        }
        runUntilResults(100);

        assertThat(results)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Integer.compare((int) a, (int) b));
    }

    @Test
    void exceptionsAreResultsToo() {
        IllegalStateException thrown = new IllegalStateException("x");
        control.submit(
                () -> {
                    throw thrown;
                },
                (result, failure) -> results.add(failure));
        runUntilResults(1);

        assertThat(results).containsExactly(thrown);
    }

    @Test
    void errorsAreThrownWhereTheResultIsCollected() {
        Error thrown = new NoClassDefFoundError("x");
        control.submit(
                () -> {
                    throw thrown;
                },
                (result, failure) -> results.add(failure));
        signal.await(LONG);

        assertThatThrownBy(control::runCompleted).isSameAs(thrown);
        control.submit(() -> 1, (result, failure) -> results.add(result));
        runUntilResults(1);
        assertThat(results).as("the thread goes on").containsExactly(1);
    }

    @Test
    void closeInterruptsWhatIsUnderWayAndDropsTheRest() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        control.execute(
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                });
        control.submit(() -> 1, (result, failure) -> results.add(result));
        begun.await();
        control.close();
        interrupted.await();
        assertThat(control.awaitEnd(Duration.ofSeconds(50))).isTrue();
        control.submit(() -> 2, (result, failure) -> results.add(result));
        control.runCompleted();

        assertThat(results).isEmpty();
    }

    private void runUntilResults(int count) {
        while (results.size() < count) {
            signal.await(LONG);
            control.runCompleted();
        }
    }
}
