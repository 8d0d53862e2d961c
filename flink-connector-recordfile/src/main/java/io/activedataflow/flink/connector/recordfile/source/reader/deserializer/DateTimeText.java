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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

/**
 * The plain forms of dates and times: {@code yyyy-MM-dd}, {@code HH:mm[:ss[.fffffffff]]}, both with
 * {@code T} or a space in between, and all that with {@code Z} or an offset {@code +HH:mm}. Re-used
 * for every value, so that none costs an object. One thread.
 *
 * <p>The methods that read return false if the text has another form, or denotes nothing that is on
 * the calendar and the clock. Rarer forms are left to the parsers of Java.
 */
@Internal
final class DateTimeText {

    private static final int DATE_LENGTH = 10;
    private static final int MAX_FRACTION = 9;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANOS_OF_SECOND = 1_000_000_000;
    private static final int MAX_OFFSET_HOURS = 18;

    private static final int DAYS_FROM_0000_03_TO_EPOCH = 719_468;
    private static final int DAYS_OF_400_YEARS = 146_097;

    private long epochDay;
    private int secondOfDay;
    private int nano;

    boolean readDate(byte[] data, int from, int to) {
        secondOfDay = 0;
        nano = 0;
        return to - from == DATE_LENGTH && readDate(data, from);
    }

    boolean readTime(byte[] data, int from, int to) {
        epochDay = 0;
        return readTimeUpTo(data, from, to) == to;
    }

    boolean readDateTime(byte[] data, int from, int to) {
        return readDateTimeUpTo(data, from, to) == to;
    }

    /** A date and time with an offset, which is taken into account. */
    boolean readInstant(byte[] data, int from, int to) {
        int zone = readDateTimeUpTo(data, from, to);
        if (zone < 0 || zone == to) {
            return false;
        }
        byte sign = data[zone];
        if (sign == 'Z') {
            return zone + 1 == to;
        }
        if (sign != '+' && sign != '-' || to - zone != 6 || data[zone + 3] != ':') {
            return false;
        }
        int hours = twoDigits(data, zone + 1);
        int minutes = twoDigits(data, zone + 4);
        if (hours < 0
                || minutes < 0
                || minutes > 59
                || hours > MAX_OFFSET_HOURS
                || hours == MAX_OFFSET_HOURS && minutes > 0) {
            return false;
        }
        int offset = (hours * 60 + minutes) * 60;
        int local = secondOfDay + (sign == '-' ? offset : -offset);
        epochDay += Math.floorDiv(local, SECONDS_OF_DAY);
        secondOfDay = Math.floorMod(local, SECONDS_OF_DAY);
        return true;
    }

    private int readDateTimeUpTo(byte[] data, int from, int to) {
        int time = from + DATE_LENGTH;
        if (to <= time || data[time] != ' ' && data[time] != 'T' || !readDate(data, from)) {
            return -1;
        }
        return readTimeUpTo(data, time + 1, to);
    }

    /** The caller knows that there are enough bytes. */
    private boolean readDate(byte[] data, int from) {
        int century = twoDigits(data, from);
        int yearOfCentury = twoDigits(data, from + 2);
        int month = twoDigits(data, from + 5);
        int day = twoDigits(data, from + 8);
        if ((century | yearOfCentury) < 0
                || data[from + 4] != '-'
                || data[from + 7] != '-'
                || month < 1
                || month > 12
                || day < 1) {
            return false;
        }
        int year = century * 100 + yearOfCentury;
        if (day > 28 && day > lengthOfMonth(year, month)) {
            return false;
        }
        epochDay = epochDay(year, month, day);
        return true;
    }

    private static int lengthOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> isLeapYear(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isLeapYear(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Counts in years that begin in March, so that the leap day is the last one. */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = y >= 0 ? y / 400 : -1;
        int yearOfEra = y - era * 400;
        int monthFromMarch = month <= 2 ? month + 9 : month - 3;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (long) era * DAYS_OF_400_YEARS + dayOfEra - DAYS_FROM_0000_03_TO_EPOCH;
    }

    /** Returns where the time ends, or -1. */
    private int readTimeUpTo(byte[] data, int from, int to) {
        if (to - from < 5 || data[from + 2] != ':') {
            return -1;
        }
        int hour = twoDigits(data, from);
        int minute = twoDigits(data, from + 3);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return -1;
        }
        secondOfDay = (hour * 60 + minute) * 60;
        nano = 0;
        int next = from + 5;
        if (to - next < 3 || data[next] != ':') {
            return next;
        }
        int second = twoDigits(data, next + 1);
        if (second < 0 || second > 59) {
            return -1;
        }
        secondOfDay += second;
        next += 3;
        return next < to && data[next] == '.' ? readFractionUpTo(data, next + 1, to) : next;
    }

    private int readFractionUpTo(byte[] data, int from, int to) {
        int next = from;
        int end = Math.min(to, from + MAX_FRACTION);
        int sum = 0;
        int unit = NANOS_OF_SECOND;
        for (; next < end; next++) {
            int digit = data[next] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            sum = sum * 10 + digit;
            unit /= 10;
        }
        nano = sum * unit;
        return next == from ? -1 : next;
    }

    private static int twoDigits(byte[] data, int at) {
        int tens = data[at] - '0';
        int ones = data[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
    }

    /** Days since 1970-01-01. */
    long epochDay() {
        return epochDay;
    }

    /** Seconds since 1970-01-01T00:00:00, in UTC if the text had an offset. */
    long epochSecond() {
        return epochDay * SECONDS_OF_DAY + secondOfDay;
    }

    /** Seconds since midnight. */
    int secondOfDay() {
        return secondOfDay;
    }

    /** Nanoseconds within the second. */
    int nano() {
        return nano;
    }
}
