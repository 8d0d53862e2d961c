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

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;

/** Bookmarks in an order, without an object for each. Immutable. */
@Internal
public final class BookmarkList implements Serializable {

    public static final BookmarkList EMPTY = new BookmarkList(new long[0]);

    private static final long serialVersionUID = 1L;

    /** Publisher and sequence in turns. */
    private final long[] numbers;

    private BookmarkList(long[] numbers) {
        this.numbers = numbers;
    }

    /**
     * @param publisherAndSequence in turns; copied
     */
    public static BookmarkList of(long... publisherAndSequence) {
        if (publisherAndSequence.length % 2 != 0) {
            throw new IllegalArgumentException("A publisher without a sequence.");
        }
        return publisherAndSequence.length == 0
                ? EMPTY
                : new BookmarkList(publisherAndSequence.clone());
    }

    /** All of these, one list behind the other. */
    public static BookmarkList concat(Collection<BookmarkList> lists) {
        int length = lists.stream().mapToInt(list -> list.numbers.length).sum();
        long[] all = new long[length];
        int at = 0;
        for (BookmarkList list : lists) {
            System.arraycopy(list.numbers, 0, all, at, list.numbers.length);
            at += list.numbers.length;
        }
        return length == 0 ? EMPTY : new BookmarkList(all);
    }

    public int size() {
        return numbers.length / 2;
    }

    public boolean isEmpty() {
        return numbers.length == 0;
    }

    /** Unsigned. */
    public long publisherId(int i) {
        return numbers[2 * i];
    }

    /** Unsigned. */
    public long sequence(int i) {
        return numbers[2 * i + 1];
    }

    /** Those from one place up to another. */
    public BookmarkList part(int from, int to) {
        return from == 0 && to == size()
                ? this
                : new BookmarkList(Arrays.copyOfRange(numbers, 2 * from, 2 * to));
    }

    /** In wire form: separated by commas. */
    public String toWire() {
        StringBuilder text = new StringBuilder(24 * size());
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(new AmpsBookmark(publisherId(i), sequence(i)).toString());
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BookmarkList that && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    /** The number and the first few. */
    @Override
    public String toString() {
        int shown = Math.min(3, size());
        return size() + " bookmarks [" + part(0, shown).toWire() + (size() > shown ? ",…]" : "]");
    }
}
