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

package io.activedataflow.flink.connector.amps.standin.queue;

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilter;
import io.activedataflow.flink.connector.amps.standin.queue.QueueFixture.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MessageQueueTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static QueueFixture with(QueueDefinition.Builder definition) {
        return new QueueFixture(definition);
    }

    private static void publish(QueueFixture fixture, int messages) {
        for (int i = 1; i <= messages; i++) {
            fixture.publish("{\"id\":" + i + "}");
        }
    }

    private static List<String> bookmarks(List<QueuedMessage> messages) {
        return messages.stream().map(QueuedMessage::bookmark).toList();
    }

    @Test
    void leasesUpToTheBacklogOfASubscriptionAndGoesOnWithEachAcknowledgement() {
        QueueFixture queue = with(QueueFixture.leasing().maxPerSubscriptionBacklog(2));
        publish(queue, 4);
        Consumer consumer = queue.join("a", 5);

        assertThat(consumer.received()).containsExactly("1|1|", "1|2|");
        assertThat(consumer.leases()).containsOnly(queue.now() + 10_000_000);
        assertThat(queue.acknowledge("a", "1|2|")).isEqualTo(1);
        assertThat(consumer.received()).containsExactly("1|1|", "1|2|", "1|3|");
        assertThat(queue.queue().depth()).isEqualTo(3);
        assertThat(queue.queue().leasedCount()).isEqualTo(2);
        assertThat(bookmarks(queue.queue().acknowledged())).containsExactly("1|2|");
        assertThat(queue.taken()).containsExactly("1|2|");
    }

    @Test
    void backlogIsOneMessageUnlessBothSidesSayMore() {
        QueueFixture queue = with(QueueDefinition.named("Q"));
        publish(queue, 3);

        assertThat(queue.join("a", 100).received()).containsExactly("1|1|");
        assertThat(queue.queue().leases().get(0).untilMicros()).isEqualTo(MessageQueue.NO_END);
    }

    @Test
    void backlogOfTheQueueIsSharedByAllSubscriptions() {
        QueueFixture queue = with(QueueFixture.leasing().maxBacklog(3));
        publish(queue, 6);
        Consumer first = queue.join("a", 2);
        Consumer second = queue.join("b", 2);

        assertThat(first.received()).hasSize(2);
        assertThat(second.received()).hasSize(1);
        queue.acknowledge("a", "1|1|");
        assertThat(first.received().size() + second.received().size()).isEqualTo(4);
    }

    @Test
    void whatALeavingSubscriptionHasLeasedGoesToTheNextInItsOldPlace() {
        QueueFixture queue = with(QueueFixture.leasing());
        publish(queue, 2);
        Consumer first = queue.join("a", 2);
        publish(queue, 1);
        queue.queue().leave(first);
        queue.queue().leave(first);
        Consumer second = queue.join("b", 10);

        assertThat(second.received()).containsExactly("1|1|", "1|2|", "1|3|");
        assertThat(bookmarks(queue.queue().redelivered())).containsExactly("1|1|", "1|2|");
        assertThat(queue.queue().deliveries()).isEqualTo(5);
        assertThat(queue.queue().leases().get(0).deliveries()).isEqualTo(2);
    }

    @Test
    void leaseThatExpiresGoesToWhoeverHasRoom() {
        QueueFixture queue = with(QueueFixture.leasing());
        Consumer first = queue.join("a", 1);
        publish(queue, 1);
        queue.advance(SECOND);
        Consumer second = queue.join("b", 1);
        publish(queue, 1);

        queue.advance(LEASE.minus(SECOND).minusNanos(1000));
        assertThat(queue.queue().expiredLeases()).isZero();
        assertThat(queue.queue().ageOfOldestLease()).isEqualTo(LEASE.minusNanos(1000));
        queue.acknowledge("b", "1|2|");
        queue.advance(Duration.ofNanos(1000));

        assertThat(queue.queue().expiredLeases()).isEqualTo(1);
        assertThat(first.received()).containsExactly("1|1|", "1|1|");
        assertThat(second.received()).containsExactly("1|2|");
        assertThat(queue.queue().leases().get(0).untilMicros()).isEqualTo(queue.now() + 10_000_000);
    }

    @Test
    void acknowledgementsOfWhatIsNotLeasedHaveNoEffect() {
        QueueFixture queue = with(QueueFixture.leasing());
        publish(queue, 2);
        queue.join("a", 1);

        assertThat(queue.acknowledge("a", "1|2|", "7|7|")).isZero();
        assertThat(queue.acknowledge("a", "1|1|", "1|1|")).isEqualTo(1);
        assertThat(queue.queue().depth()).isEqualTo(1);
    }

    @Test
    void whatIsNotLeasedCanBeAcknowledgedWhereTheQueueSaysSo() {
        QueueFixture queue = with(QueueFixture.leasing().takesUnleased(true));
        publish(queue, 2);

        assertThat(queue.cancel("a", "1|1|")).isZero();
        assertThat(queue.acknowledge("a", "1|1|")).isEqualTo(1);
        assertThat(bookmarks(queue.queue().available())).containsExactly("1|2|");
    }

    @Test
    void anybodyMaySettleASubletLeaseAndOnlyTheHolderAStrictOne() {
        QueueFixture sublet = with(QueueFixture.leasing());
        publish(sublet, 1);
        sublet.join("a", 1);
        assertThat(sublet.acknowledge("b", "1|1|")).isEqualTo(1);

        QueueFixture strict = with(QueueFixture.leasing().leasing(QueueDefinition.Leasing.STRICT));
        publish(strict, 1);
        strict.join("a", 1);
        assertThat(strict.acknowledge("b", "1|1|")).isZero();
        assertThat(strict.cancel("b", "1|1|")).isZero();
        assertThat(strict.acknowledge("a", "1|1|")).isEqualTo(1);
    }

    @Test
    void settlesByFilterWhatIsLeased() throws Exception {
        QueueFixture queue = with(QueueFixture.leasing());
        queue.join("a", 3);
        publish(queue, 5);
        ContentFilter filter = ContentFilter.parse("/id > 1");

        assertThat(
                        queue.queue()
                                .settleMatching(
                                        "a", Settlement.ACKNOWLEDGE, "json", filter::matches))
                .isEqualTo(2);
        assertThat(bookmarks(queue.queue().messages())).containsExactly("1|1|", "1|4|", "1|5|");
    }

    @Test
    void cancelledAndDeliveredTooOftenExpires() {
        QueueFixture cancels = with(QueueFixture.leasing().maxCancels(2));
        Consumer consumer = cancels.join("a", 1);
        publish(cancels, 1);
        cancels.cancel("a", "1|1|");
        assertThat(consumer.received()).hasSize(2);
        cancels.cancel("a", "1|1|");
        assertThat(consumer.received()).hasSize(2);
        assertThat(bookmarks(cancels.queue().expired())).containsExactly("1|1|");
        assertThat(cancels.queue().cancels()).isEqualTo(2);

        QueueFixture deliveries = with(QueueFixture.leasing().maxDeliveries(2));
        publish(deliveries, 1);
        deliveries.queue().leave(deliveries.join("a", 1));
        assertThat(deliveries.queue().depth()).isEqualTo(1);
        deliveries.queue().leave(deliveries.join("a", 1));
        assertThat(deliveries.queue().depth()).isZero();
        assertThat(deliveries.taken()).containsExactly("1|1|");
    }

    @Test
    void countersBeginAnewWhenTheServerIsStartedAgain() {
        QueueFixture queue = with(QueueFixture.leasing().maxDeliveries(2));
        publish(queue, 1);
        queue.queue().leave(queue.join("a", 1));
        queue.queue().restarted();
        queue.queue().leave(queue.join("a", 1));

        assertThat(queue.queue().depth()).isEqualTo(1);
    }

    @Test
    void expiresByCommandAndByAgeButNotWhileLeased() {
        QueueFixture queue = with(QueueFixture.leasing().expiration(SECOND));
        publish(queue, 3);
        queue.publish("{}", Duration.ofSeconds(3));
        Consumer consumer = queue.join("a", 2);
        queue.queue().settle("a", Settlement.EXPIRE, List.of("1|1|"));
        assertThat(consumer.received()).containsExactly("1|1|", "1|2|", "1|3|");

        queue.advance(SECOND);
        assertThat(bookmarks(queue.queue().expired())).containsExactly("1|1|");
        queue.cancel("a", "1|2|");
        assertThat(bookmarks(queue.queue().expired())).containsExactly("1|1|", "1|2|");
        queue.acknowledge("a", "1|3|");
        assertThat(consumer.received()).endsWith("1|4|");
        queue.queue().leave(consumer);
        queue.advance(SECOND.multipliedBy(2));
        assertThat(bookmarks(queue.queue().expired())).endsWith("1|4|");
        assertThat(queue.queue().depth()).isZero();
    }

    @Test
    void atMostOnceGivesAwayWithoutLease() {
        QueueFixture queue =
                with(QueueDefinition.named("Q").semantics(QueueDefinition.Semantics.AT_MOST_ONCE));
        Consumer first = queue.join("a", 1);
        Consumer second = queue.join("b", 1);
        publish(queue, 4);

        assertThat(first.received()).containsExactly("1|1|", "1|3|");
        assertThat(second.received()).containsExactly("1|2|", "1|4|");
        assertThat(first.leases()).containsOnlyNulls();
        assertThat(queue.queue().depth()).isZero();
        assertThat(queue.taken()).hasSize(4);
    }

    @Test
    void proportionalPrefersTheLeastBusyAndFastTheFirst() {
        QueueFixture proportional = with(QueueFixture.leasing());
        Consumer narrow = proportional.join("a", 2);
        Consumer wide = proportional.join("b", 4);
        publish(proportional, 6);
        assertThat(narrow.received()).containsExactly("1|1|", "1|4|");
        assertThat(wide.received()).containsExactly("1|2|", "1|3|", "1|5|", "1|6|");

        QueueFixture fast = with(QueueFixture.leasing().fairness(QueueDefinition.Fairness.FAST));
        Consumer first = fast.join("a", 2);
        Consumer second = fast.join("b", 2);
        publish(fast, 3);
        assertThat(first.received()).containsExactly("1|1|", "1|2|");
        assertThat(second.received()).containsExactly("1|3|");
    }

    @Test
    void roundRobinGoesOnInTurnAlsoWhenOneLeaves() {
        QueueFixture queue =
                with(QueueFixture.leasing().fairness(QueueDefinition.Fairness.ROUND_ROBIN));
        Consumer a = queue.join("a", 9);
        Consumer b = queue.join("b", 9);
        Consumer c = queue.join("c", 9);
        publish(queue, 2);
        queue.acknowledge("a", "1|1|");
        queue.queue().leave(a);
        publish(queue, 2);

        assertThat(b.received()).containsExactly("1|2|", "1|4|");
        assertThat(c.received()).containsExactly("1|3|");
    }

    @Test
    void highestPriorityGoesFirstAndEqualOnesInOrder() {
        QueueFixture queue = with(QueueFixture.leasing().priority("/p * 2"));
        queue.publish("{\"p\":1}");
        queue.publish("{}");
        queue.publish("{\"p\":5}");
        queue.publish("{\"p\":1}");

        assertThat(queue.join("a", 9).received()).containsExactly("1|3|", "1|1|", "1|4|", "1|2|");
    }

    @Test
    void barrierWaitsForAllBeforeAndHoldsUpAllBehind() {
        QueueFixture queue = with(QueueFixture.leasing().barrier("/barrier = 1"));
        Consumer a = queue.join("a", 1);
        Consumer b = queue.join("b", 9, "/id > 100");
        publish(queue, 1);
        queue.publish("{\"barrier\":1}");
        queue.publish("{\"id\":101}");
        queue.publish("{\"id\":102}");
        assertThat(a.received()).containsExactly("1|1|");
        assertThat(b.received()).isEmpty();

        queue.acknowledge("a", "1|1|");
        assertThat(a.received()).startsWith("1|1|", "1|2|");
        assertThat(a.leases().get(1)).isNull();
        assertThat(b.received()).startsWith("1|2|");
        assertThat(queue.acknowledge("a", "1|2|")).isZero();
        assertThat(bookmarks(queue.queue().messages())).containsExactly("1|3|", "1|4|");
        assertThat(queue.queue().leasedCount()).isEqualTo(2);
        assertThat(queue.queue().redelivered()).isEmpty();
    }

    @Test
    void barrierWaitsForASubscription() {
        QueueFixture queue = with(QueueFixture.leasing().barrier("/barrier = 1"));
        queue.publish("{\"barrier\":1}");
        assertThat(queue.queue().depth()).isEqualTo(1);

        assertThat(queue.join("a", 1).received()).containsExactly("1|1|");
        assertThat(queue.queue().depth()).isZero();
    }

    @Test
    void filtersOfQueueAndSubscriptionsApply() {
        QueueFixture queue = with(QueueFixture.leasing().filter("/id > 1"));
        publish(queue, 4);
        Consumer a = queue.join("a", 9, "/id = 3");
        Consumer b = queue.join("b", 9, "/id <> 3 AND LEASE_COUNT() = 0");

        assertThat(a.received()).containsExactly("1|3|");
        assertThat(b.received()).containsExactly("1|2|", "1|4|");
        queue.cancel("b", "1|2|");
        assertThat(b.received()).hasSize(2);
        assertThat(queue.join("c", 9, "LAST_LEASED() = 1").received()).containsExactly("1|2|");
    }

    @Test
    void replacingKeepsLeasesAndTakesTheNewBacklogAndFilter() {
        QueueFixture queue = with(QueueFixture.leasing());
        publish(queue, 5);
        Consumer older = queue.join("a", 3);
        Consumer newer = queue.replace(older, 2, "/id > 4");
        assertThat(newer.received()).isEmpty();
        assertThat(queue.queue().leasedCount()).isEqualTo(3);

        queue.acknowledge("a", "1|1|", "1|2|");
        assertThat(newer.received()).containsExactly("1|5|");
        queue.queue().leave(older);
        assertThat(queue.queue().leasedCount()).isEqualTo(2);
        queue.queue().leave(newer);
        assertThat(queue.queue().leasedCount()).isZero();
    }

    @Test
    void browsingLeasesNothingAndShowsNothingLeased() {
        QueueFixture queue = with(QueueFixture.leasing());
        publish(queue, 3);
        queue.join("a", 1);

        assertThat(bookmarks(queue.queue().browse("json", message -> true)))
                .containsExactly("1|2|", "1|3|");
        assertThat(queue.queue().leasedCount()).isEqualTo(1);
    }

    @Test
    void heldDeliveriesGoOnWhenReleased() {
        QueueFixture queue = with(QueueFixture.leasing());
        Consumer consumer = queue.join("a", 1);
        queue.faults().holdDeliveries(true);
        publish(queue, 1);
        queue.advance(SECOND);
        assertThat(consumer.received()).isEmpty();

        queue.faults().holdDeliveries(false);
        assertThat(consumer.received()).containsExactly("1|1|");
        assertThat(consumer.leases()).containsExactly(queue.now() + 10_000_000);
    }

    @Test
    void wipedQueueIsEmptyAndGoesOn() {
        QueueFixture queue = with(QueueFixture.leasing().maxPerSubscriptionBacklog(1));
        Consumer consumer = queue.join("a", 1);
        publish(queue, 2);
        queue.queue().wipe();
        assertThat(queue.queue().depth()).isZero();
        assertThat(queue.queue().leasedCount()).isZero();

        publish(queue, 1);
        assertThat(consumer.received()).containsExactly("1|1|", "1|3|");
    }

    @Test
    void definitionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(
                        () -> QueueDefinition.named("Q").priority("/p").barrier("/b = 1").build())
                .hasMessageContaining("Queue Q has a priority and barriers");
        assertThatThrownBy(() -> QueueDefinition.named("Q").maxPerSubscriptionBacklog(0).build())
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> QueueDefinition.named("Q").filter("/a ="))
                .hasMessageContaining("The filter of queue Q is wrong");
        assertThatThrownBy(() -> QueueDefinition.named("Q").underlyingTopic("^orders-").build())
                .hasMessageContaining("publishTarget");
        assertThat(QueueDefinition.named("Q").underlyingTopic("T").build().publishTarget())
                .isEqualTo("T");
    }
}
